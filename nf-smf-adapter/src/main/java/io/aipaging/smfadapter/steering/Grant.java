package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.TransportAddress;

/**
 * Leave to carry one flow to one anchor, taken from a verified COMMIT.
 *
 * @param id names it inside the gate
 * @param anchor where the anchor's guard listens
 * @param qos how packets are treated on the way, for as long as the grant lives
 */
public record Grant(GrantId id, TransportAddress anchor, QosGrant qos) {
  /** A grant without QoS. */
  public Grant(GrantId id, TransportAddress anchor) {
    this(id, anchor, QosGrant.NONE);
  }
}
