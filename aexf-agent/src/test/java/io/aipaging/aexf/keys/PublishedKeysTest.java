package io.aipaging.aexf.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aexf.TestTime;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private final TestTime time = new TestTime();
  private final Set set = new Set();
  private final PublishedKeys keys = new PublishedKeys(set, "agent-a", time, time::bootNanos);

  @Test
  void keysAreFetchedOnceAndAgainWhenTheyHaveAged() {
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(set.asked).isEqualTo(1);
    time.pass(Duration.ofSeconds(61));
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(set.asked).isEqualTo(2);
  }

  @Test
  void aFloodOfUnknownKeysCostsOneFetchASecond() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.find("kid-" + i)).isNull();
    }
    assertThat(set.asked).isEqualTo(1);
    time.pass(Duration.ofSeconds(1));
    keys.find("another");
    assertThat(set.asked).isEqualTo(2);
  }

  @Test
  void aNewKeyIsFoundAndARevokedOneForgotten() {
    String old = set.kid();
    assertThat(keys.find(old)).isNotNull();
    set.published = SigningKeys.generate().jwks();
    time.pass(Duration.ofSeconds(2));
    assertThat(keys.find(set.kid())).isNotNull();
    assertThat(keys.find(old)).isNull();
  }

  @Test
  void aSilentSetsKeysStayGoodForAnHour() {
    assertThat(keys.find(set.kid())).isNotNull();
    set.silent = true;
    time.pass(Duration.ofMinutes(59));
    assertThat(keys.find(set.kid())).isNotNull();
    time.pass(Duration.ofMinutes(2));
    assertThat(keys.find(set.kid())).isNull();
    set.silent = false;
    time.pass(Duration.ofSeconds(2));
    assertThat(keys.find(set.kid())).isNotNull();
  }

  @Test
  void nonsenseChangesNothing() {
    String kid = set.kid();
    assertThat(keys.find(kid)).isNotNull();
    set.published = List.of(Map.of("kty", "EC", "d", "secret"));
    time.pass(Duration.ofMinutes(2));
    assertThat(keys.find(kid)).isNotNull();
  }

  /** An AIPF Set that can be silent. */
  private static final class Set implements NaipfKeyinfo {
    private List<Map<String, Object>> published = SigningKeys.generate().jwks();
    private boolean silent;
    private int asked;

    String kid() {
      return published.getFirst().get("kid").toString();
    }

    @Override
    public JwkSet getKeys(Call call, GetKeys request) {
      asked++;
      if (silent) {
        throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "not there");
      }
      return new JwkSet(published);
    }
  }
}
