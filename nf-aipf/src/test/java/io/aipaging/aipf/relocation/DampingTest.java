package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Residence;
import io.aipaging.aipf.relocation.Damping.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate: the rule against moving to and fro. */
class DampingTest {
  private static final Instant CAME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Damping DAMPING =
      new Damping(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(20));

  @Test
  void aSessionThatNeverMovedMayMoveAtOnceAndAnywhere() {
    assertThat(DAMPING.of(new Residence(CAME, null, null), CAME)).isEqualTo(Verdict.FREE);
  }

  @Test
  void aSessionThatMovedStaysForAWhile() {
    Verdict verdict = DAMPING.of(new Residence(CAME, "anchor-a", null), CAME);
    assertThat(verdict.from()).isEqualTo(CAME.plusSeconds(10));
  }

  @Test
  void itDoesNotReturnWhereItCameFromForLonger() {
    Residence residence = new Residence(CAME, "anchor-a", null);
    assertThat(DAMPING.of(residence, CAME.plusSeconds(29)).avoided()).containsExactly("anchor-a");
    assertThat(DAMPING.of(residence, CAME.plusSeconds(29)).returnsAt())
        .isEqualTo(CAME.plusSeconds(30));
    assertThat(DAMPING.of(residence, CAME.plusSeconds(30)).avoided()).isEmpty();
  }

  @Test
  void afterAMoveThatWasUndoneItIsLeftAloneForAWhileWhicheverIsLonger() {
    Residence settled = new Residence(CAME, null, CAME.plusSeconds(5));
    assertThat(DAMPING.of(settled, CAME).from()).isEqualTo(CAME.plusSeconds(25));
    Residence longAgo = new Residence(CAME.plusSeconds(60), "anchor-a", CAME);
    assertThat(DAMPING.of(longAgo, CAME).from()).isEqualTo(CAME.plusSeconds(70));
  }
}
