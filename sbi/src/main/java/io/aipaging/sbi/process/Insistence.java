package io.aipaging.sbi.process;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Trying something until it works: so many times at most, with pauses that grow and are not the
 * same for everybody.
 *
 * @param firstPause after the first try
 * @param longestPause they grow no further
 * @param triesMax then it is given up
 */
public record Insistence(Duration firstPause, Duration longestPause, int triesMax) {
  /** About a quarter of an hour. */
  public static final Insistence PATIENT =
      new Insistence(Duration.ofMillis(200), Duration.ofSeconds(10), 100);

  /**
   * Tries.
   *
   * @param attempt whether it worked; what it throws is its caller's
   * @return whether it worked; false also when the thread was interrupted
   */
  public boolean until(BooleanSupplier attempt) {
    Duration pause = firstPause;
    for (int tried = 1; ; tried++) {
      if (attempt.getAsBoolean()) {
        return true;
      }
      if (tried >= triesMax || !slept(pause)) {
        return false;
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
  }

  private static boolean slept(Duration pause) {
    long nanos = pause.toNanos();
    long left = nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1);
    long end = System.nanoTime() + left;
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = end - System.nanoTime();
    }
    return !Thread.currentThread().isInterrupted();
  }
}
