package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.enforcer.EnforcerClock;

/**
 * Keeps the enforcing machinery as the leases say when others change it: an administrator, another
 * program, a device that comes and goes. Until that is done nothing passes that a live lease does
 * not cover. Not thread-safe.
 */
final class Mending {
  private final SteeringPorts ports;
  private final CarriedLeases carried;
  private final EnforcerClock clock;
  private boolean failing;

  Mending(SteeringPorts ports, CarriedLeases carried, EnforcerClock clock) {
    this.ports = ports;
    this.carried = carried;
    this.clock = clock;
  }

  /** Puts in order what may have been disturbed; whether it may have been. */
  boolean mend() throws SteeringFailed {
    boolean disturbed = !ports.driver().isUndisturbed();
    if (disturbed && clock.agreesAt(clock.now())) {
      restore();
    }
    return disturbed;
  }

  /** The same for a caller that will come again; a failure is reported when it is new. */
  void mendQuietly() {
    try {
      var _ = mend();
      failing = false;
    } catch (SteeringFailed e) {
      if (!failing) {
        ports.observer().failed("the gate was disturbed and is not in order", e);
      }
      failing = true;
    }
  }

  /** Puts everything in order. */
  void restore() throws SteeringFailed {
    ports.driver().restore(carried.steps(clock.nanos()));
  }
}
