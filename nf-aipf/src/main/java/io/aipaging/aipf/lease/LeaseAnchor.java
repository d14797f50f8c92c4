package io.aipaging.aipf.lease;

import io.aipaging.protocol.AnchorRef;
import java.util.List;

/**
 * An anchor as a lease needs it.
 *
 * @param ref what a COMMIT says of it
 * @param agentId enforcer id of its agent
 * @param gateId enforcer id of the N6 gate in front of it
 */
public record LeaseAnchor(AnchorRef ref, String agentId, String gateId) {
  /** Anchor id. */
  public String id() {
    return ref.id();
  }

  /** The enforcers that carry and admit its traffic: a COMMIT's {@code aud}. */
  public List<String> enforcers() {
    return List.of(gateId, agentId);
  }
}
