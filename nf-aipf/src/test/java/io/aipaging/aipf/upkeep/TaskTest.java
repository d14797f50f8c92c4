package io.aipaging.aipf.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /** Lease-protocol §5, Recover: finish ENDING; also when its row is dated in the future. */
  @ParameterizedTest
  @EnumSource(names = {"RESUME_PAGE", "RESUME_MOVE", "FINISH_ENDING"})
  void whatAWrongClockPutFarAheadIsDue(Task.Kind kind) {
    assertThat(new Task(kind, NOW.plus(Duration.ofMinutes(52))).due(NOW)).isTrue();
    assertThat(new Task(kind, NOW.plusSeconds(30)).due(NOW)).isFalse();
    assertThat(new Task(kind, NOW).due(NOW)).isTrue();
  }

  @Test
  void aLeaseIsRenewedWhenItsTimeComesHoweverFarAheadThatIs() {
    Task renewal = new Task(Task.Kind.RENEW_LEASE, NOW.plus(Duration.ofHours(12)));
    assertThat(renewal.due(NOW)).isFalse();
    assertThat(renewal.due(renewal.at())).isTrue();
  }
}
