package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.relocation.AnchorCondition.Rules;
import io.aipaging.aipf.relocation.AnchorCondition.State;
import io.aipaging.aipf.selection.AnchorHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate: when an anchor is one that sessions should leave. */
class AnchorConditionTest {
  private static final Rules RULES = new Rules(3, 2, Duration.ofSeconds(15));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private AnchorCondition condition = AnchorCondition.NEW;

  @Test
  void severalBadReportsInARowMakeItUnhealthyAndNoneOfThemAlone() {
    bad(2);
    good(1);
    bad(2);
    assertThat(condition.state()).isEqualTo(State.WELL);
    assertThat(condition.repels()).isFalse();
    bad(1);
    assertThat(condition.state()).isEqualTo(State.UNHEALTHY);
    assertThat(condition.repels()).isTrue();
  }

  @Test
  void silenceIsABadReport() {
    for (int i = 0; i < 3; i++) {
      hears(Optional.empty());
    }
    assertThat(condition.state()).isEqualTo(State.UNHEALTHY);
  }

  @Test
  void oneGoodReportStopsThePushAndSeveralMakeItWell() {
    bad(3);
    good(1);
    assertThat(condition.state()).isEqualTo(State.UNHEALTHY);
    assertThat(condition.repels()).as("it seems to recover").isFalse();
    bad(1);
    assertThat(condition.repels()).isTrue();
    good(2);
    assertThat(condition.state()).isEqualTo(State.WELL);
  }

  @Test
  void unhealthyForLongItIsLostAndComesBackTheSameWay() {
    bad(3);
    now = now.plusSeconds(14);
    bad(1);
    assertThat(condition.state()).isEqualTo(State.UNHEALTHY);
    now = now.plusSeconds(1);
    bad(1);
    assertThat(condition.state()).isEqualTo(State.LOST);
    good(1);
    assertThat(condition.state()).isEqualTo(State.LOST);
    good(1);
    assertThat(condition).isEqualTo(AnchorCondition.NEW);
  }

  @Test
  void whatItSaidOfDrainingIsRememberedWhileItIsSilent() {
    hears(Optional.of(new AnchorHealth("anchor-a", true, true, 4, 0)));
    hears(Optional.empty());
    assertThat(condition.draining()).isTrue();
    good(1);
    assertThat(condition.draining()).isFalse();
  }

  private void bad(int times) {
    for (int i = 0; i < times; i++) {
      hears(Optional.of(new AnchorHealth("anchor-a", false, false, 4, 0)));
    }
  }

  private void good(int times) {
    for (int i = 0; i < times; i++) {
      hears(Optional.of(new AnchorHealth("anchor-a", true, false, 4, 0)));
    }
  }

  private void hears(Optional<AnchorHealth> report) {
    condition = condition.after(report, RULES, now);
  }
}
