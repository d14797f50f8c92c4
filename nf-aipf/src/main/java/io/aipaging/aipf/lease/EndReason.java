package io.aipaging.aipf.lease;

/** Why a session or lease ends (lease-protocol §4). */
public enum EndReason {
  /** Its client asked. */
  RELEASED_BY_CLIENT(Outcome.RELEASED),
  /** Its time was over. */
  EXPIRED(Outcome.EXPIRED),
  /** An operator asked. */
  REVOKED_BY_OPERATOR(Outcome.REVOKED),
  /** A policy no longer allows it. */
  REVOKED_BY_POLICY(Outcome.REVOKED),
  /** No usable anchor is left. */
  ANCHOR_LOST(Outcome.REVOKED),
  /** The network cannot carry it any more. */
  NETWORK_TERMINATED(Outcome.REVOKED),
  /** Another lease of the session has taken over; ends leases, never sessions. */
  RELOCATED(Outcome.RELEASED),
  /** No anchor or enforcer admitted it. */
  ADMISSION_REJECTED(Outcome.REJECTED),
  /** The core refused the QoS it requires. */
  QOS_REJECTED(Outcome.REJECTED),
  /** Nobody knows what is wanted. */
  INTENT_NOT_RESOLVABLE(Outcome.REJECTED),
  /** Its page was not finished in time. */
  DEADLINE_EXCEEDED(Outcome.REJECTED);

  /** The terminal state a session ends in. */
  public enum Outcome {
    /** Given back. */
    RELEASED,
    /** Taken away. */
    REVOKED,
    /** Run out. */
    EXPIRED,
    /** Never became active. */
    REJECTED
  }

  private final Outcome outcome;

  EndReason(Outcome outcome) {
    this.outcome = outcome;
  }

  /** The terminal state of a session that was active when it ended for this reason. */
  public Outcome outcome() {
    return outcome;
  }
}
