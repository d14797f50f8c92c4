package io.aipaging.aexf.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aexf.TestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class EnforcerClockTest {
  private static final Duration BOUND = Duration.ofMillis(250);

  private final TestTime time = new TestTime();
  private final EnforcerClock clock = new EnforcerClock(time, time::bootNanos, BOUND, BOUND);

  @Test
  void clocksThatProgressAlikeAgreeWithinTheBound() {
    time.pass(Duration.ofDays(1));
    assertThat(clock.agreesAt(clock.now())).isTrue();
    time.jumpWall(BOUND);
    assertThat(clock.agreesAt(clock.now())).isTrue();
    time.jumpWall(Duration.ofMillis(1));
    assertThat(clock.agreesAt(clock.now())).isFalse();
    time.jumpWall(Duration.ofMillis(-502));
    assertThat(clock.agreesAt(clock.now())).isFalse();
    time.jumpWall(Duration.ofMillis(1));
    assertThat(clock.agreesAt(clock.now())).isTrue();
  }

  @Test
  void aDeadlineIsExpLessTheMarginAndNeverLongerThanTheLease() {
    EnforcerClock.Moment receipt = clock.now();
    Instant issued = time.instant();
    Instant exp = issued.plusSeconds(10);
    assertThat(clock.deadline(receipt, issued, exp) - receipt.bootNanos())
        .isEqualTo(Duration.ofMillis(9_750).toNanos());
    Instant ahead = issued.plus(Duration.ofMillis(9_800));
    assertThat(clock.deadline(receipt, ahead, exp) - receipt.bootNanos())
        .isEqualTo(Duration.ofMillis(200).toNanos());
    assertThat(clock.deadline(receipt, issued, issued) - receipt.bootNanos()).isNegative();
  }

  @Test
  void aMarginBelowTheBoundIsRefused() {
    assertThatThrownBy(() -> new EnforcerClock(time, time::bootNanos, BOUND, BOUND.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aThreadPutAsideBetweenTheReadingsReadsAgain() {
    long[] readings = {0};
    LongSupplier boot =
        () -> {
          // The second reading of the first pair comes a second late.
          readings[0]++;
          return time.bootNanos() + (readings[0] == 2 ? 1_000_000_000L : 0);
        };
    EnforcerClock interrupted = new EnforcerClock(time, boot, BOUND, BOUND);
    assertThat(readings[0]).isEqualTo(4);
    assertThat(interrupted.agreesAt(interrupted.now())).isTrue();
  }

  @Test
  void theBootClockGoesForwardAsFastAsTheMonotonicOne() {
    LongSupplier boot = BootClock.open();
    long bootBegin = boot.getAsLong();
    long monotonicBegin = System.nanoTime();
    while (System.nanoTime() - monotonicBegin < 50_000_000L) {
      Thread.onSpinWait();
    }
    long passed = boot.getAsLong() - bootBegin;
    assertThat(passed).isGreaterThanOrEqualTo(50_000_000L);
  }
}
