package io.aipaging.simulation.run;

import io.aipaging.simulation.world.Moves;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * What many histories came to.
 *
 * @param histories how many were run
 * @param took wall time
 * @param steps events in all of them
 * @param violations histories with one
 * @param findings the violations of the lowest seeds, by seed
 * @param coverage how often each transition, effect and fault occurred
 */
public record Summary(
    long histories,
    Duration took,
    long steps,
    long violations,
    List<Finding> findings,
    SortedMap<String, Long> coverage) {
  private static final double NANOS = 1e9;

  /** Moves of the machine that occurred. */
  public int movesCovered() {
    return Moves.among(coverage.keySet()).size();
  }

  /** Histories per second of wall time. */
  public double historiesPerSecond() {
    return histories * NANOS / Math.max(1, took.toNanos());
  }
}
