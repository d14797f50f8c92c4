package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.smfadapter.steering.GateClock.Reading;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BelievedCommitTest {
  private static final Instant ISSUED = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration TERM = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofMillis(250);
  private static final long NANOS = Long.MAX_VALUE - 5;

  @Test
  void theDeadlineIsExpiryLessMarginCountedFromReceipt() {
    Instant received = ISSUED.plusSeconds(12);

    assertThat(timeLeft(received)).isEqualTo(Duration.ofSeconds(18).minus(MARGIN));
  }

  @Test
  void aSlowClockMakesNoLeaseLongerThanItsCommit() {
    Instant received = ISSUED.minusSeconds(3);

    assertThat(timeLeft(received)).isEqualTo(TERM);
  }

  private static Duration timeLeft(Instant received) {
    BelievedCommit believed =
        new BelievedCommit(
            TestCommits.commit(Draft.serve("lease-aa", 1, ISSUED, TERM)),
            "",
            new Reading(received, NANOS));
    return Duration.ofNanos(believed.deadlineNanos(MARGIN) - NANOS);
  }
}
