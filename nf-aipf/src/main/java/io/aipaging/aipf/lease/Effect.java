package io.aipaging.aipf.lease;

import io.aipaging.protocol.LeaseId;
import java.time.Instant;
import java.util.List;

/**
 * What has to be done in the network after a transition is durable. A value; whoever carries it out
 * may do so again, because every effect is idempotent at its receiver.
 */
public sealed interface Effect {
  /**
   * An N6 gate obeys these COMMITs in one step.
   *
   * @param gateId enforcer id of the gate
   * @param commits of one session
   */
  record ApplyAtGate(String gateId, List<SignedCommit> commits) implements Effect {
    public ApplyAtGate {
      commits = List.copyOf(commits);
    }
  }

  /**
   * An anchor obeys a COMMIT.
   *
   * @param anchorId anchor
   * @param commit what to obey
   */
  record ApplyAtAnchor(String anchorId, SignedCommit commit) implements Effect {}

  /**
   * An anchor lets a slot go that never got a COMMIT.
   *
   * @param anchorId anchor
   * @param lease lease the slot was for
   */
  record ReleaseHold(String anchorId, LeaseId lease) implements Effect {}

  /**
   * A QoS binding lasts until the session's end.
   *
   * @param bindingRef binding
   * @param expiresAt the session's end
   */
  record ConfirmQos(String bindingRef, Instant expiresAt) implements Effect {}

  /**
   * A QoS binding goes.
   *
   * @param bindingRef binding
   */
  record DeleteQos(String bindingRef) implements Effect {}
}
