package io.aipaging.crash;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;

/** Waits for a condition, never for a time. */
final class Await {
  private static final long PAUSE_NANOS = 20_000_000;

  private Await() {}

  /** Waits until {@code holds}; fails with {@code what} after {@code timeMax}. */
  static void until(Duration timeMax, String what, Callable<Boolean> holds) throws Exception {
    until(timeMax, () -> what, holds);
  }

  /** The same with what is known only then. */
  static void until(Duration timeMax, Supplier<String> what, Callable<Boolean> holds)
      throws Exception {
    long end = System.nanoTime() + timeMax.toNanos();
    while (!holds.call()) {
      if (System.nanoTime() > end) {
        Assertions.fail("not within " + timeMax + ": " + what.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
