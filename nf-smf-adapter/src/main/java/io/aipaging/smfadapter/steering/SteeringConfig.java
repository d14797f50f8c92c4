package io.aipaging.smfadapter.steering;

import java.time.Duration;

/**
 * What the steering service must know of itself.
 *
 * @param enforcerId own id, expected in the {@code aud} of every COMMIT
 * @param skewBound how far clocks may differ (lease-protocol §6)
 * @param skewMargin how much earlier than {@code exp_ms} the gate stops; at least {@code skewBound}
 */
public record SteeringConfig(String enforcerId, Duration skewBound, Duration skewMargin) {
  public SteeringConfig {
    if (enforcerId.isEmpty()) {
      throw new IllegalArgumentException("enforcer-id must not be empty");
    }
    if (skewBound.isNegative() || skewMargin.compareTo(skewBound) < 0) {
      throw new IllegalArgumentException("skew-margin must be at least skew-bound");
    }
  }
}
