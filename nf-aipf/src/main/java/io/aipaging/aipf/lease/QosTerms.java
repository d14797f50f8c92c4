package io.aipaging.aipf.lease;

import io.aipaging.protocol.QosGrant;

/**
 * QoS a session is paged with.
 *
 * @param demand whether it must have it
 * @param grant what to ask the core for, without a binding reference
 */
public record QosTerms(Demand demand, QosGrant grant) {
  /** No QoS. */
  public static final QosTerms NONE = new QosTerms(Demand.NONE, QosGrant.NONE);

  /** Whether a session must have its QoS. */
  public enum Demand {
    /** A refusal ends the page. */
    REQUIRED,
    /** A refusal is recorded and the page goes on. */
    PREFERRED,
    /** Nothing is asked for. */
    NONE
  }

  public QosTerms {
    if (demand != Demand.NONE && grant.qosReference() == null) {
      throw new IllegalArgumentException("a QoS demand needs a QoS reference");
    }
  }

  /** What a COMMIT says once the binding {@code bindingRef} stands. */
  public QosGrant bound(String bindingRef) {
    return new QosGrant(
        bindingRef, grant.qosReference(), grant.maxBwUl(), grant.maxBwDl(), grant.dscp());
  }

  /** What a COMMIT says without a binding. */
  public QosGrant unbound() {
    return new QosGrant(null, null, null, null, grant.dscp());
  }
}
