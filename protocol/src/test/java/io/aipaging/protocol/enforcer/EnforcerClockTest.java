package io.aipaging.protocol.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class EnforcerClockTest {
  private static final Duration BOUND = Duration.ofMillis(250);
  private static final Duration TERM = Duration.ofSeconds(30);
  private static final Instant ISSUED = Instant.parse("2026-11-23T10:00:00Z");
  private static final long NEAR_OVERFLOW = Long.MAX_VALUE - 5;

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

  @Test // L6.3
  void aDeadlineIsExpLessTheMarginAndNeverLongerThanTheLease() {
    EnforcerClock.Moment receipt = clock.now();
    Instant issued = time.instant();
    Instant exp = issued.plusSeconds(10);
    assertThat(clock.deadline(receipt, issued, exp) - receipt.nanos())
        .isEqualTo(Duration.ofMillis(9_750).toNanos());
    Instant ahead = issued.plus(Duration.ofMillis(9_800));
    assertThat(clock.deadline(receipt, ahead, exp) - receipt.nanos())
        .isEqualTo(Duration.ofMillis(200).toNanos());
    assertThat(clock.deadline(receipt, issued, issued) - receipt.nanos()).isNegative();
  }

  @Test // L6.3
  void theDeadlineIsExpiryLessMarginCountedFromReceipt() {
    assertThat(timeLeft(ISSUED.plusSeconds(12))).isEqualTo(Duration.ofSeconds(18).minus(BOUND));
  }

  @Test // L6.3
  void aSlowClockMakesNoLeaseLongerThanItsCommit() {
    assertThat(timeLeft(ISSUED.minusSeconds(3))).isEqualTo(TERM);
  }

  private static Duration timeLeft(Instant received) {
    EnforcerClock near = new EnforcerClock(() -> received, () -> NEAR_OVERFLOW, BOUND, BOUND);
    long deadline = near.deadline(near.now(), ISSUED, ISSUED.plus(TERM));
    return Duration.ofNanos(deadline - NEAR_OVERFLOW);
  }

  @Test // L6.5
  void aSenderIsAheadBeyondTheBoundOnlyAndNeverBehind() {
    EnforcerClock.Moment receipt = clock.now();
    Instant now = receipt.wall();
    assertThat(clock.isAhead(now.plus(BOUND), receipt)).isFalse();
    assertThat(clock.isAhead(now.plus(BOUND).plusMillis(1), receipt)).isTrue();
    assertThat(clock.isAhead(now.minusSeconds(5), receipt)).isFalse();
    assertThat(clock.isAhead(null, receipt)).isFalse();
  }

  @Test // L6.1
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

  /** Two clocks moved by hand. */
  private static final class TestTime implements InstantSource {
    private Instant wall = Instant.parse("2026-11-23T12:00:00Z");
    private long bootNanos = 5_000_000_000L;

    @Override
    public Instant instant() {
      return wall;
    }

    long bootNanos() {
      return bootNanos;
    }

    void pass(Duration time) {
      wall = wall.plus(time);
      bootNanos += time.toNanos();
    }

    void jumpWall(Duration jump) {
      wall = wall.plus(jump);
    }
  }
}
