package io.aipaging.pcfadapter.qosbinding;

import java.time.Duration;

/**
 * Bounds of the binding table.
 *
 * @param expiredGrace how long after its session's end a confirmed binding is deleted
 * @param expiresInMax farthest a session's end may lie ahead
 * @param endedKept how long an ended binding is remembered
 * @param lostKept how long a lost create is reported before it is forgotten
 * @param perUeMax bindings per PDU session; Open5GS installs no fourth flow
 * @param totalMax bindings altogether, ended ones included
 * @param checkedAtOnceMax bindings whose PDU session is looked up at the core in one go
 */
public record BindingLimits(
    Duration expiredGrace,
    Duration expiresInMax,
    Duration endedKept,
    Duration lostKept,
    int perUeMax,
    int totalMax,
    int checkedAtOnceMax) {
  public BindingLimits {
    if (expiredGrace.isNegative() || endedKept.isNegative() || lostKept.isNegative()) {
      throw new IllegalArgumentException("grace and retention must not be negative");
    }
    if (!expiresInMax.isPositive()) {
      throw new IllegalArgumentException("expires-in-max must be positive: " + expiresInMax);
    }
    if (perUeMax < 1 || totalMax < 1 || checkedAtOnceMax < 1) {
      throw new IllegalArgumentException("maxima must be at least 1");
    }
  }

  /**
   * 30 s grace, 25 h ahead, 10 min of memory, 3 per UE, 200,000 altogether, 1,000 checked at once.
   */
  public static BindingLimits defaults() {
    Duration memory = Duration.ofMinutes(10);
    return new BindingLimits(
        Duration.ofSeconds(30), Duration.ofHours(25), memory, memory, 3, 200_000, 1_000);
  }
}
