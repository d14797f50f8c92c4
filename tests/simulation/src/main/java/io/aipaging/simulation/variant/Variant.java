package io.aipaging.simulation.variant;

import io.aipaging.aexf.admission.FenceJournal;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseRules;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.signing.HashSigning;
import io.aipaging.smfadapter.steering.GateJournal;
import io.aipaging.smfadapter.steering.SteeringDriver;

/**
 * How the parts of a history are put together. As it is, nothing is between the real parts; a
 * subclass puts one bug in. An object serves one history.
 */
public class Variant {
  /** The history begins. */
  public void begin(Timeline timeline, HashSigning signing) {
    // whoever needs them keeps them
  }

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

  /** The keys as a replica gets them. */
  public TokenSigning signing(TokenSigning real) {
    return real;
  }

  /** The rules as a replica gets them. */
  public LeaseRules rules(LeaseRules real) {
    return real;
  }

  /** The store as a life of a replica gets it. */
  public LeaseStore store(LeaseStore real) {
    return real;
  }

  /** Whose sessions a life of a replica looks after. */
  public Ownership ownership(Ownership real) {
    return real;
  }

  /** Who is told of transitions. */
  public Leases.Watcher watcher(Leases.Watcher real) {
    return real;
  }

  /** Who carries things out, as a replica gets them. */
  public Enforcement.Peers peers(Enforcement.Peers real) {
    return real;
  }

  /** The clock of a life of a replica. */
  public LeaseClock leaseClock(LeaseClock real) {
    return real;
  }

  /** Whether what peers hold is compared with the rows. */
  public boolean reconciles() {
    return true;
  }

  /** The paging service as the network reaches it. */
  public NaipfPaging paging(NaipfPaging real) {
    return real;
  }
}
