package io.aipaging.simulation.run;

import java.time.Duration;

/**
 * Which histories are run.
 *
 * @param first seed of the first
 * @param count how many at most, 1 or more
 * @param timeMax how long histories are begun at most
 */
public record Seeds(long first, long count, Duration timeMax) {
  private static final Duration NO_BOUND = Duration.ofDays(365);

  public Seeds {
    if (count < 1 || timeMax.isNegative() || timeMax.isZero()) {
      throw new IllegalArgumentException("at least one history, and time for it");
    }
  }

  /** Histories {@code first} to {@code first + count - 1}. */
  public static Seeds of(long first, long count) {
    return new Seeds(first, count, NO_BOUND);
  }

  /** Histories from {@code first} on, for so long. */
  public static Seeds during(long first, Duration timeMax) {
    return new Seeds(first, Long.MAX_VALUE - Math.max(0, first), timeMax);
  }
}
