package io.aipaging.cli.demo;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits, for a bounded time, until the world is as told. */
final class Await {
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  private Await() {}

  /** The first reading that is {@code wanted}; {@link DemoFailed} when none is in time. */
  static <T> T first(Supplier<T> reading, Predicate<T> wanted, Duration timeMax, String otherwise) {
    long begin = System.nanoTime();
    T now = reading.get();
    while (!wanted.test(now)) {
      DemoFailed.unless(System.nanoTime() - begin < timeMax.toNanos(), otherwise);
      LockSupport.parkNanos(PAUSE_NANOS);
      now = reading.get();
    }
    return now;
  }
}
