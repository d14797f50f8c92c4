package io.aipaging.aipf.renewal;

import io.aipaging.aipf.lease.Session;

/** How a client's renewal ended. */
public sealed interface RenewalOutcome {
  /**
   * The session lives longer, its enforcers know it.
   *
   * @param session with the client's new token
   */
  record Renewed(Session session) implements RenewalOutcome {}

  /**
   * The session is ending or over, or its lease too near its end.
   *
   * @param cause {@code INCOMPATIBLE_STATE} or {@code TOO_LATE}
   */
  record NotRenewable(String cause) implements RenewalOutcome {}

  /**
   * The core does not extend the QoS the session requires; nothing changed.
   *
   * @param status HTTP status of the QoS binding's refusal
   * @param cause its cause
   */
  record QosNotExtended(int status, String cause) implements RenewalOutcome {}

  /** There is no such session. */
  record Unknown() implements RenewalOutcome {}
}
