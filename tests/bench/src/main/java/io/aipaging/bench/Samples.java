package io.aipaging.bench;

import java.time.Duration;
import java.util.Arrays;

/** Durations of one kind of work. Thread-safe. */
public final class Samples {
  private long[] nanos = new long[256];
  private int count;

  /** Adds one. */
  public synchronized void add(Duration took) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = took.toNanos();
  }

  /** Forgets all. */
  public synchronized void clear() {
    count = 0;
  }

  /** How many. */
  public synchronized int count() {
    return count;
  }

  /**
   * Nearest-rank percentile.
   *
   * @param percent above 0, up to 100
   * @throws IllegalStateException without samples
   */
  public synchronized Duration percentile(double percent) {
    if (count == 0) {
      throw new IllegalStateException("no samples");
    }
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percent must be above 0 and up to 100");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Duration.ofNanos(sorted[(int) Math.ceil(percent / 100 * count) - 1]);
  }
}
