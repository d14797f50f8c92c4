package io.aipaging.aipf.catalog;

import java.time.Duration;

/**
 * What a service promises wherever it runs.
 *
 * @param ttft time to the first token or answer, 1 ms to 10 min, network included
 * @param p99 99th percentile of the answer time, at least {@code ttft}, at most 1 h
 * @param successProbability share of requests answered in time, above 0, at most 1
 */
public record ServiceTargets(Duration ttft, Duration p99, double successProbability) {
  private static final Duration TTFT_MAX = Duration.ofMinutes(10);
  private static final Duration P99_MAX = Duration.ofHours(1);

  public ServiceTargets {
    Require.between("ttft", ttft, Duration.ofMillis(1), TTFT_MAX);
    Require.between("p99", p99, ttft, P99_MAX);
    Require.that(
        successProbability > 0 && successProbability <= 1,
        "success probability must be above 0 and at most 1");
  }
}
