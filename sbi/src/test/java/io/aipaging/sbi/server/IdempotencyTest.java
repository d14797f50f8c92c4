package io.aipaging.sbi.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.wire.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger runs = new AtomicInteger();
  private final Idempotency<Integer> memory =
      new Idempotency<>(4, Duration.ofMinutes(10), answer -> answer >= 0, nanos::get);

  @Test
  void anAnswerIsKeptForItsTimeOnly() throws Exception {
    assertThat(once("a", "k")).isEqualTo(1);
    nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
    assertThat(once("a", "k")).isEqualTo(1);
    nanos.incrementAndGet();
    assertThat(once("a", "k")).isEqualTo(2);
  }

  @Test
  void theConsumerWithMostAnswersLosesItsOldestWhenFull() throws Exception {
    once("quiet", "q");
    for (int i = 0; i < 10; i++) {
      once("noisy", "k" + i);
    }
    assertThat(memory.size()).isEqualTo(4);
    int before = runs.get();
    assertThat(once("quiet", "q")).isEqualTo(1);
    assertThat(once("noisy", "k9")).isEqualTo(11);
    assertThat(runs).hasValue(before);
    once("noisy", "k0");
    assertThat(runs).hasValue(before + 1);
  }

  @Test
  void nothingUnderWayIsEverLost() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      String key = "k" + i;
      CompletableFuture.runAsync(
          () -> {
            try {
              memory.once(
                  request("a", key, "x"),
                  PATIENCE,
                  () -> {
                    started.countDown();
                    go.await();
                    return 1;
                  });
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          },
          Thread::startVirtualThread);
    }
    assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
    Refusal full = catchThrowableOfType(Refusal.class, () -> once("b", "k"));
    assertThat(full.status()).isEqualTo(503);
    Refusal waited =
        catchThrowableOfType(
            Refusal.class,
            () -> memory.once(request("a", "k0", "x"), Duration.ofMillis(20), () -> 2));
    assertThat(waited.problemCause()).isEqualTo("TIMED_OUT_REQUEST");
    go.countDown();
  }

  @Test
  void aFailureReachesWhoeverWaitsAndIsForgotten() throws Exception {
    assertThatThrownBy(
            () ->
                memory.once(
                    request("a", "k", "x"),
                    PATIENCE,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");
    assertThat(memory.size()).isZero();
    assertThat(once("a", "k")).isEqualTo(1);
  }

  @Test
  void anAnswerNotWorthKeepingIsGivenButNotKept() throws Exception {
    assertThat(memory.once(request("a", "k", "x"), PATIENCE, () -> -1)).isEqualTo(-1);
    assertThat(memory.size()).isZero();
  }

  private int once(String consumer, String key) throws Exception {
    return memory.once(request(consumer, key, "x"), PATIENCE, runs::incrementAndGet);
  }

  private static Idempotency.Request request(String consumer, String key, String content) {
    return new Idempotency.Request(consumer, "Op", key, Bytes.utf8(content));
  }
}
