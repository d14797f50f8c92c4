package io.aipaging.smfadapter.steering;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a gate. The wall clock says what a COMMIT's {@code exp_ms} means; durations are
 * counted by the other, which nobody sets.
 *
 * @param wallClock wall clock
 * @param nanoClock monotonic, nanoseconds from an arbitrary origin
 */
public record GateClock(InstantSource wallClock, LongSupplier nanoClock) {
  /** The machine's clocks. */
  public static GateClock ofSystem() {
    return new GateClock(InstantSource.system(), System::nanoTime);
  }

  /** Both clocks now. */
  Reading read() {
    // Monotonic first: a pause between the two then shortens a lease and never lengthens it.
    long nanos = nanoClock.getAsLong();
    return new Reading(wallClock.instant(), nanos);
  }

  /** Monotonic time. */
  long nanos() {
    return nanoClock.getAsLong();
  }

  /** Both clocks at one moment. */
  record Reading(Instant wall, long nanos) {}
}
