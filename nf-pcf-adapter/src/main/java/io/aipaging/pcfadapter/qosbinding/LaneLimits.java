package io.aipaging.pcfadapter.qosbinding;

import java.time.Duration;

/**
 * Bounds of the lanes.
 *
 * @param gap pause after each answer before the next operation of the same PDU session
 * @param inFlightMax operations at the core at once, over all lanes
 * @param queuedPerLaneMax operations waiting in one lane
 * @param queuedMax operations waiting altogether
 */
public record LaneLimits(Duration gap, int inFlightMax, int queuedPerLaneMax, int queuedMax) {
  public LaneLimits {
    if (gap.isNegative()) {
      throw new IllegalArgumentException("gap must not be negative: " + gap);
    }
    if (inFlightMax < 1 || queuedPerLaneMax < 1 || queuedMax < 1) {
      throw new IllegalArgumentException("lane bounds must be at least 1");
    }
  }

  /** 50 ms gap, 256 in flight, 16 waiting per lane, 10,000 waiting altogether. */
  public static LaneLimits defaults() {
    return new LaneLimits(Duration.ofMillis(50), 256, 16, 10_000);
  }
}
