package io.aipaging.protocol.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PublishedKeysTest {
  private static final long BEGIN_NANOS = Long.MAX_VALUE - 5;

  private final Set set = new Set();
  private Duration age = Duration.ZERO;
  private final PublishedKeys keys = new PublishedKeys(set, () -> BEGIN_NANOS + age.toNanos());

  @Test
  void keysAreFetchedOnceAndAgainWithEveryRefresh() {
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(set.asked).hasValue(1);
    pass(PublishedKeys.REFRESH_EVERY);
    keys.refresh();
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(set.asked).hasValue(2);
  }

  @Test
  void aFloodOfUnknownKeysCostsOneFetchASecond() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.find("kid-" + i)).isNull();
    }
    assertThat(set.asked).hasValue(1);
    pass(Duration.ofSeconds(1));
    keys.find("another");
    assertThat(set.asked).hasValue(2);
  }

  @Test
  void aNewKeyIsFoundAndARevokedOneForgotten() {
    String old = set.kid();
    assertThat(keys.find(old)).isNotNull();
    set.published = SigningKeys.generate().jwks();
    pass(Duration.ofSeconds(2));
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(keys.find(old)).isNull();
  }

  @Test
  void aKeyTakenBackIsForgottenWithTheNextRefresh() {
    String old = set.kid();
    assertThat(keys.find(old)).isNotNull();
    set.published = SigningKeys.generate().jwks();
    pass(PublishedKeys.REFRESH_EVERY);
    keys.refresh();
    assertThat(keys.find(old)).isNull();
  }

  @Test
  void aSilentSetsKeysStayGoodForAnHour() {
    keys.refresh();
    assertThat(keys.available()).isTrue();
    set.silent = true;
    pass(Duration.ofMinutes(59));
    keys.refresh();
    assertThat(keys.find(set.kid())).isNotNull();
    pass(Duration.ofMinutes(2));
    assertThat(keys.find(set.kid())).isNull();
    assertThat(keys.available()).isFalse();
    set.silent = false;
    pass(Duration.ofSeconds(2));
    assertThat(keys.find(set.kid())).isNotNull();
  }

  @Test
  void nonsenseChangesNothing() {
    String kid = set.kid();
    assertThat(keys.find(kid)).isNotNull();
    set.published = List.of(Map.of("kty", "EC", "d", "secret"));
    pass(Duration.ofMinutes(2));
    keys.refresh();
    assertThat(keys.find(kid)).isNotNull();
  }

  @Test
  void aKnownKeyOfASilentSetIsAnsweredWithoutAskingIt() {
    String kid = set.kid();
    assertThat(keys.find(kid)).isNotNull();
    set.silent = true;
    for (int i = 0; i < 59; i++) {
      pass(Duration.ofMinutes(1));
      assertThat(keys.find(kid)).isNotNull();
    }
    assertThat(set.asked).hasValue(1);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aKnownKeyIsAnsweredWhileOthersWaitForAnUnknownOne() throws Exception {
    String kid = set.kid();
    assertThat(keys.find(kid)).isNotNull();
    pass(Duration.ofSeconds(2));
    set.stuck = new CountDownLatch(1);
    List<Thread> waiting =
        IntStream.range(0, 8)
            .mapToObj(i -> Thread.ofVirtual().start(() -> keys.find("unknown-" + i)))
            .toList();
    assertThat(set.entered.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(keys.find(kid)).isNotNull();

    set.stuck.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(set.asked).as("one fetch for all who wait").hasValue(2);
  }

  private void pass(Duration time) {
    age = age.plus(time);
  }

  /** An AIPF Set that can be silent or stuck. */
  private static final class Set implements Supplier<List<Map<String, Object>>> {
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(2);
    private volatile CountDownLatch stuck = new CountDownLatch(0);
    private List<Map<String, Object>> published = SigningKeys.generate().jwks();
    private boolean silent;

    String kid() {
      return published.getFirst().get("kid").toString();
    }

    @Override
    public List<Map<String, Object>> get() {
      asked.incrementAndGet();
      entered.countDown();
      try {
        stuck.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (silent) {
        throw new IllegalStateException("not there");
      }
      return published;
    }
  }
}
