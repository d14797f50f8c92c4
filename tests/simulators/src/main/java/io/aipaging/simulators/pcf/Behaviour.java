package io.aipaging.simulators.pcf;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the simulated PCF behaves for now; set over the control interface.
 *
 * @param operations operations this is about: {@code CREATE}, {@code READ}, {@code UPDATE}, {@code
 *     DELETE}; null means creates
 * @param times how many operations it is about; null means until changed
 * @param uePrefix how the addresses of the UEs begin that this is about; null means all
 * @param latencyMs pause before each answer, during which the operation is in flight; null is none
 * @param refuse answer given instead of doing anything, or null
 * @param loseAnswers whether the operation is done but its answer never sent
 * @param breakAnswers whether the operation is done but its answer's body is cut short
 * @param seeOther whether a create equivalent to an existing session is answered 303
 */
public record Behaviour(
    @Nullable Set<String> operations,
    @Nullable Integer times,
    @Nullable String uePrefix,
    @Nullable Integer latencyMs,
    @Nullable Refuse refuse,
    @Nullable Boolean loseAnswers,
    @Nullable Boolean breakAnswers,
    @Nullable Boolean seeOther) {
  /** Does what is asked, at once. */
  public static final Behaviour NORMAL =
      new Behaviour(null, null, null, null, null, null, null, null);

  /**
   * A refusal.
   *
   * @param status HTTP status
   * @param cause application error, or null for a problem without one
   * @param retryAfterSec {@code Retry-After} in seconds, or null
   */
  public record Refuse(int status, @Nullable String cause, @Nullable Integer retryAfterSec) {}

  /** Leaves some UEs without an answer for a while. */
  static Behaviour stalling(String uePrefix, Duration time) {
    return new Behaviour(
        null, null, uePrefix, Math.toIntExact(time.toMillis()), null, null, null, null);
  }

  boolean concerns(Operation operation, String ue) {
    return (uePrefix == null || ue.startsWith(uePrefix)) && concerns(operation);
  }

  private boolean concerns(Operation operation) {
    return operations == null
        ? operation == Operation.CREATE
        : operations.contains(operation.name());
  }

  boolean isLosingAnswers() {
    return Boolean.TRUE.equals(loseAnswers);
  }

  boolean isBreakingAnswers() {
    return Boolean.TRUE.equals(breakAnswers);
  }

  boolean isSeeingOther() {
    return Boolean.TRUE.equals(seeOther);
  }

  int latency() {
    return latencyMs == null ? 0 : latencyMs;
  }
}
