package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * Leave to carry one flow to one anchor, taken from a verified COMMIT.
 *
 * @param id names it inside the gate
 * @param anchor where the anchor's guard listens
 * @param dnai where the anchor's packets should leave the core, or null
 * @param qos how packets are treated on the way, for as long as the grant lives
 * @param session whose lease it is, or null where nobody asks
 */
public record Grant(
    GrantId id,
    TransportAddress anchor,
    QosGrant qos,
    @Nullable String dnai,
    @Nullable SessionId session) {
  /** A grant whose anchor's place in the core nobody says. */
  public Grant(GrantId id, TransportAddress anchor, QosGrant qos) {
    this(id, anchor, qos, null, null);
  }

  /** A grant without QoS. */
  public Grant(GrantId id, TransportAddress anchor) {
    this(id, anchor, QosGrant.NONE);
  }
}
