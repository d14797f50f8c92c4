package io.aipaging.bench.lease;

import java.time.Duration;

/**
 * How long and how much is measured.
 *
 * @param rounds pairs of measurements whose median counts
 * @param pageTime length of one measurement of pages
 * @param pageWarmUp pages before the first, on each side
 * @param leases leases of the large store
 * @param operations operations of one measurement where operations are counted
 * @param warmUp operations before the first
 * @param burst leases that expire in the same second
 */
record Effort(
    int rounds,
    Duration pageTime,
    int pageWarmUp,
    int leases,
    int operations,
    int warmUp,
    Burst burst) {
  /** What the goals are about; some minutes. */
  static final Effort FULL =
      new Effort(
          7,
          Duration.ofSeconds(4),
          12_000,
          1_000_000,
          8_000,
          24_000,
          new Burst(3, 50_000, 3_000, Duration.ofSeconds(8)));

  /** Whether everything still runs, and a first idea; about a minute. */
  static final Effort QUICK =
      new Effort(
          3,
          Duration.ofSeconds(1),
          1_500,
          20_000,
          2_000,
          4_000,
          new Burst(1, 5_000, 300, Duration.ofSeconds(3)));

  /**
   * Leases that expire in the same second.
   *
   * @param rounds how many such seconds
   * @param leases leases of each
   * @param warmUpPages pages before the first
   * @param calm how long pages are measured before each
   */
  record Burst(int rounds, int leases, int warmUpPages, Duration calm) {}
}
