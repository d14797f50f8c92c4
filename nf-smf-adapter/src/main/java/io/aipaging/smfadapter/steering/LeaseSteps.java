package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionFence;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.enforcer.EnforcerClock;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Carries out planned lease steps: packets first, then the journal, then memory; of a lease that
 * becomes longer the journal hears before. What fails or takes longer than the skew margin is
 * undone, and tried once more. Not thread-safe.
 */
final class LeaseSteps {
  private static final int ATTEMPTS_MAX = 2;

  private final SteeringPorts ports;
  private final GateMemory memory;
  private final CarriedLeases carried;
  private final Mending mending;
  private final EnforcerClock clock;
  private final Duration skewMargin;

  LeaseSteps(Parts parts, EnforcerClock clock) {
    this.ports = parts.ports();
    this.memory = parts.memory();
    this.carried = parts.carried();
    this.mending = parts.mending();
    this.clock = clock;
    this.skewMargin = clock.skewMargin();
  }

  /** What steps change. */
  record Parts(SteeringPorts ports, GateMemory memory, CarriedLeases carried, Mending mending) {}

  /** Puts the machinery in order before a step; 500 when that is not possible. */
  void mend() {
    try {
      var _ = mending.mend();
    } catch (SteeringFailed e) {
      throw failure("the gate was disturbed and is not in order", e);
    }
  }

  /**
   * Carries out a step; 500 with nothing changed when that is not possible, save that what was
   * ordered to end stays ended.
   */
  void carryOut(SessionId session, SessionFence fence, StepPlan plan, boolean grants) {
    try {
      memory.intend(plan);
      if (grants || !plan.gone().isEmpty()) {
        applyTwiceAtMost(session, plan);
      }
      memory.remember(session, fence, plan);
      carried.set(session, plan.next().values());
    } catch (SteeringFailed e) {
      throw failure("cannot carry out a lease step", e);
    } catch (UncheckedIOException e) {
      undo(session, plan);
      throw failure("cannot remember a lease step", e);
    }
  }

  /** A machine under load is slow once and fast the next time; slow twice is a refusal. */
  private void applyTwiceAtMost(SessionId session, StepPlan plan) throws SteeringFailed {
    for (int attempt = 1; ; attempt++) {
      try {
        applyInTime(plan.step(clock.nanos()));
        return;
      } catch (SteeringFailed e) {
        // A refused step may succeed once what it met is in order.
        boolean again = e.isUncertain() ? undo(session, plan) : mending.mend();
        if (!again || attempt == ATTEMPTS_MAX || !plan.hasTime(clock.nanos())) {
          throw e;
        }
        ports.observer().failed("a lease step is tried again", e);
      }
    }
  }

  /** A timeout counts from its installation, so one installed late would end late. */
  private void applyInTime(Optional<SteeringStep> step) throws SteeringFailed {
    if (step.isPresent()) {
      long started = clock.nanos();
      ports.driver().apply(step.get());
      if (!step.get().carried().isEmpty() && clock.nanos() - started > skewMargin.toNanos()) {
        throw SteeringFailed.uncertain("the operation took longer than the skew margin");
      }
    }
  }

  /** Back to what was before; where even that fails or is late, the session ends at this gate. */
  private boolean undo(SessionId session, StepPlan plan) {
    try {
      var _ = mending.mend();
      applyInTime(plan.undo(clock.nanos()));
      carried.set(session, plan.survivors());
      return true;
    } catch (SteeringFailed e) {
      ports.observer().failed("a lease step was not undone; its session ends at this gate", e);
      endAll(session, plan);
      return false;
    }
  }

  /**
   * Ends everything a session has here. What cannot be ended counts as carried, so that the next
   * order for the session ends it and nobody else gets its flow before it is over.
   */
  void endAll(SessionId session, StepPlan plan) {
    try {
      Optional<SteeringStep> step = plan.endAll(clock.nanos());
      if (step.isPresent()) {
        ports.driver().apply(step.get());
      }
      carried.set(session, List.of());
    } catch (SteeringFailed e) {
      carried.set(session, plan.everything().values());
      ports.observer().failed("a session could not be ended at this gate before its expiry", e);
    }
  }

  /** Reports a failure and makes it a refusal. */
  Refusal failure(String what, Exception cause) {
    ports.observer().failed(what, cause);
    return Refusal.of(500, "STEERING_FAILURE", "the gate could not carry out the request");
  }
}
