package io.aipaging.smfadapter.steering;

import io.aipaging.smfadapter.steering.GateClock.Reading;
import java.time.Duration;

/**
 * Whether wall clock and monotonic clock have advanced alike since the gate came up. A stepped wall
 * clock or a suspended host breaks that, and then {@code exp_ms} cannot be turned into a timeout.
 */
record ClockAgreement(Reading reference, Duration bound) {

  boolean holds(Reading now) {
    Duration wall = Duration.between(reference.wall(), now.wall());
    Duration monotonic = Duration.ofNanos(now.nanos() - reference.nanos());
    return wall.minus(monotonic).abs().compareTo(bound) <= 0;
  }
}
