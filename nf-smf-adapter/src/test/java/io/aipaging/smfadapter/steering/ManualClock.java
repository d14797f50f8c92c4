package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.enforcer.EnforcerClock;
import java.time.Duration;
import java.time.Instant;

/** Both clocks of a gate, moved by hand. */
final class ManualClock {
  private Instant wall = Instant.parse("2026-11-23T10:00:00.100Z");
  private long nanos = -5;

  EnforcerClock asGateClock(Duration margin) {
    return new EnforcerClock(() -> wall, () -> nanos, margin, margin);
  }

  Instant wall() {
    return wall;
  }

  void advance(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the wall clock. */
  void step(Duration difference) {
    wall = wall.plus(difference);
  }
}
