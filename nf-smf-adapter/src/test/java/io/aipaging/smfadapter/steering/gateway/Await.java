package io.aipaging.smfadapter.steering.gateway;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for conditions, with a bound. */
final class Await {
  private static final Duration TIME_MAX = Duration.ofSeconds(20);
  private static final Duration QUIET = Duration.ofMillis(700);
  private static final long EVERY_NANOS = 1_000_000;

  private Await() {}

  static void until(String what, BooleanSupplier holds) {
    long started = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - started > TIME_MAX.toNanos()) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  /** Until the given time on the scale of {@link System#nanoTime} has passed. */
  static void past(long nanos) {
    until("a deadline passed", () -> System.nanoTime() - nanos > 0);
  }

  /** The value of a counter that has stopped moving. */
  static long settled(LongSupplier counter) {
    long[] last = {counter.getAsLong(), System.nanoTime()};
    until(
        "a counter stopped",
        () -> {
          long now = counter.getAsLong();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > QUIET.toNanos();
        });
    return last[0];
  }
}
