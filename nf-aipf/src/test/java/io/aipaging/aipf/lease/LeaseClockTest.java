package io.aipaging.aipf.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration BOUND = Duration.ofMillis(250);
  private static final Duration TERM = Duration.ofSeconds(30);
  private final AtomicReference<Instant> wall = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong(-7);
  private final LeaseClock clock = new LeaseClock(wall::get, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall.updateAndGet(now -> now.plus(time));
  }

  private void step(Duration by) {
    wall.updateAndGet(now -> now.plus(by));
  }

  private boolean stepped() {
    return clock.stepped(BOUND, TERM);
  }

  @Test
  void whileBothAgreeItIsThatTime() {
    pass(Duration.ofHours(5));
    Instant now = START.plus(Duration.ofHours(5));
    assertThat(clock.instant()).isEqualTo(now);
    assertThat(clock.certain()).isEqualTo(now);
    assertThat(clock.latest()).isEqualTo(now);
    assertThat(stepped()).isFalse();
  }

  @Test
  void steppedAheadNothingIsOverTheEarlierAndSteppedBackNothingIsInTimeTheLonger() {
    pass(Duration.ofMinutes(1));
    Instant now = START.plus(Duration.ofMinutes(1));
    step(Duration.ofHours(1));
    assertThat(clock.certain()).isEqualTo(now);
    assertThat(clock.latest()).isEqualTo(now.plus(Duration.ofHours(1)));
    step(Duration.ofHours(-2));
    assertThat(clock.certain()).isEqualTo(now.minus(Duration.ofHours(1)));
    assertThat(clock.latest()).isEqualTo(now);
    assertThat(clock.gap()).isEqualTo(Duration.ofHours(-1));
  }

  @Test
  void aStepIsNoticedOnceAndSoIsItsEnd() {
    step(Duration.ofSeconds(2));
    assertThat(stepped()).isTrue();
    assertThat(stepped()).isFalse();
    step(Duration.ofSeconds(-2));
    assertThat(stepped()).isTrue();
    step(BOUND);
    assertThat(stepped()).isFalse();
  }

  @Test
  void aStepBackThatLastsIsBelieved() {
    step(Duration.ofSeconds(-5));
    assertThat(stepped()).isTrue();
    pass(TERM.minusNanos(1));
    assertThat(stepped()).isFalse();
    assertThat(clock.latest()).isEqualTo(clock.instant().plusSeconds(5));
    pass(Duration.ofNanos(1));
    assertThat(stepped()).isFalse();
    assertThat(clock.latest()).isEqualTo(clock.instant());
    assertThat(clock.gap()).isZero();
    step(Duration.ofSeconds(5));
    assertThat(stepped()).isTrue();
  }

  @Test // other replicas may have granted until a right exp all the time
  void aStepAheadIsNeverCertain() {
    step(Duration.ofHours(1));
    assertThat(stepped()).isTrue();
    pass(TERM.multipliedBy(3));
    assertThat(stepped()).isFalse();
    assertThat(clock.certain()).isEqualTo(START.plus(TERM.multipliedBy(3)));
  }

  @Test
  void aClockThatStrobesIsNeverBelieved() {
    for (int flash = 0; flash < 20; flash++) {
      step(Duration.ofHours(flash % 2 == 0 ? 1 : -1));
      assertThat(stepped()).isTrue();
      pass(TERM.dividedBy(2));
      assertThat(stepped()).isFalse();
      assertThat(clock.certain()).isEqualTo(START.plus(TERM.dividedBy(2).multipliedBy(flash + 1L)));
    }
  }
}
