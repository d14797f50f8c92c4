package io.aipaging.simulation.variant;

import io.aipaging.aexf.admission.FenceJournal;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.smfadapter.steering.GateJournal;
import io.aipaging.smfadapter.steering.SteeringDriver;

/**
 * How the parts of a history are put together. As it is, nothing is between the real parts; a
 * subclass puts one bug in. An object serves one history.
 */
public class Variant {
  /** The kernel's driver as the steering service gets it. */
  public SteeringDriver driver(SteeringDriver real) {
    return real;
  }

  /** The gate's journal as the steering service gets it. */
  public GateJournal gateJournal(GateJournal real) {
    return real;
  }

  /** An enforcer's clock as its service gets it. */
  public EnforcerClock enforcerClock(EnforcerClock real) {
    return real;
  }

  /** The steering service as the network reaches it. */
  public NsmfadapterSteering steering(NsmfadapterSteering real) {
    return real;
  }

  /** The agent's journal as the admission service gets it. */
  public FenceJournal fenceJournal(FenceJournal real) {
    return real;
  }

  /** The admission service as the network reaches it. */
  public NaexfAdmission admission(NaexfAdmission real) {
    return real;
  }
}
