package io.aipaging.aexf.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aexf.guard.ReplayCache.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayCacheTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private final ReplayCache cache = new ReplayCache(2, 3, Duration.ofSeconds(60));

  @Test
  void aProofIsGoodOnceUntilItCannotBePresentedAnyMore() {
    assertThat(cache.note("k1", "a", NOW)).isEqualTo(Verdict.FRESH);
    assertThat(cache.note("k1", "a", NOW.plusSeconds(60))).isEqualTo(Verdict.REPLAYED);
    assertThat(cache.note("k2", "a", NOW)).isEqualTo(Verdict.FRESH);
    assertThat(cache.note("k1", "a", NOW.plusSeconds(61))).isEqualTo(Verdict.FRESH);
  }

  @Test
  void aFullCacheBelievesNothingAndForgetsNothing() {
    for (String jti : new String[] {"a", "b", "c"}) {
      assertThat(cache.note("k1", jti, NOW)).isEqualTo(Verdict.FRESH);
    }
    assertThat(cache.note("k1", "d", NOW)).isEqualTo(Verdict.FULL);
    assertThat(cache.note("k1", "a", NOW)).isEqualTo(Verdict.REPLAYED);
    assertThat(cache.note("k2", "a", NOW)).isEqualTo(Verdict.FRESH);
    assertThat(cache.note("k3", "a", NOW)).isEqualTo(Verdict.FULL);
    assertThat(cache.note("k3", "a", NOW.plusSeconds(61))).isEqualTo(Verdict.FRESH);
  }
}
