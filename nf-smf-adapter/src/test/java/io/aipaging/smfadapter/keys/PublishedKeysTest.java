package io.aipaging.smfadapter.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PublishedKeysTest {
  private final SigningKeys first = SigningKeys.generate();
  private final SigningKeys second = SigningKeys.generate();
  private List<Map<String, Object>> published = first.jwks();
  private boolean silent;
  private int fetches;
  private Duration age = Duration.ZERO;

  private final PublishedKeys keys =
      new PublishedKeys(
          (call, request) -> {
            fetches++;
            if (silent) {
              throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "silent");
            }
            return new JwkSet(published);
          },
          "gate-1",
          new PublishedKeys.Clock() {
            @Override
            public Instant wall() {
              return Instant.EPOCH.plus(age);
            }

            @Override
            public long nanos() {
              return Long.MAX_VALUE + age.toNanos();
            }
          });

  @Test
  void aKeyIsFetchedOnceAndKnownThen() {
    assertThat(keys.find(kid(first))).isNotNull();
    assertThat(keys.find(kid(first))).isNotNull();
    assertThat(fetches).isEqualTo(1);
  }

  @Test
  void unknownKeyIdsCauseOneFetchASecond() {
    for (int i = 0; i < 50; i++) {
      assertThat(keys.find("nobody-" + i)).isNull();
    }
    assertThat(fetches).isEqualTo(1);

    published = second.jwks();
    age = age.plusSeconds(1);
    assertThat(keys.find(kid(second))).isNotNull();
    assertThat(keys.find(kid(first))).as("no longer published").isNull();
  }

  @Test
  void aSilentSetLeavesTheLastKeysForAnHour() {
    keys.refresh();
    silent = true;
    age = age.plus(Duration.ofMinutes(59));
    keys.refresh();
    assertThat(keys.find(kid(first))).isNotNull();

    age = age.plus(Duration.ofMinutes(2));
    assertThat(keys.find(kid(first))).isNull();
    assertThat(keys.available()).isFalse();
  }

  private static String kid(SigningKeys keys) {
    return (String) keys.jwks().getFirst().get("kid");
  }
}
