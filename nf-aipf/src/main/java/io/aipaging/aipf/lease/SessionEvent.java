package io.aipaging.aipf.lease;

import io.aipaging.aipf.lease.SessionState.Errand;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.protocol.LeaseId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may happen to a session. COMMITs come signed: the machine checks them, it never signs. */
public sealed interface SessionEvent {
  /**
   * Slot and QoS are prepared and the first COMMIT is signed.
   *
   * @param hold slot
   * @param serve COMMIT of generation 1
   * @param qos what the core said
   */
  record Committed(Lease.Held hold, SignedCommit serve, QosStanding qos) implements SessionEvent {}

  /**
   * Anchor, steering and probe succeeded.
   *
   * @param token what the client gets
   * @param qos what the core says now
   */
  record Activated(SignedToken token, QosStanding qos) implements SessionEvent {}

  /**
   * The AIPF renews the lease by itself.
   *
   * @param serve next COMMIT of the serving lease
   */
  record LeaseRenewed(SignedCommit serve) implements SessionEvent {}

  /**
   * The client extends the session.
   *
   * @param expiresAt new end, never earlier than the old one
   * @param serve next COMMIT of the serving lease
   * @param token the client's new token
   * @param qos what the core says now
   */
  record Extended(Instant expiresAt, SignedCommit serve, SignedToken token, QosStanding qos)
      implements SessionEvent {}

  /**
   * The core keeps the session's QoS otherwise than it did.
   *
   * @param qos what it says now; never a refusal where the session requires its QoS
   */
  record QosReported(QosStanding qos) implements SessionEvent {}

  /**
   * A move is decided.
   *
   * @param errand why and by whom
   */
  record MoveDecided(Errand errand) implements SessionEvent {}

  /**
   * A slot is held at the target and its COMMIT is signed.
   *
   * @param hold slot
   * @param serve next COMMIT, of the new lease
   */
  record TargetCommitted(Lease.Held hold, SignedCommit serve) implements SessionEvent {}

  /**
   * The core has changed the path for which the target was made ready.
   *
   * @param errand by whom the move is finished, and until when
   */
  record PathChanged(Errand errand) implements SessionEvent {}

  /**
   * The target is reachable: new flows are about to switch.
   *
   * @param drain next COMMIT, of the old lease
   */
  record Switched(SignedCommit drain) implements SessionEvent {}

  /** The probe succeeded after the switch. */
  record Moved() implements SessionEvent {}

  /**
   * The move failed before the switch; the old path was never touched.
   *
   * @param cause why
   * @param end {@code end} of the target's lease; null when none was committed
   */
  record KeptOldPath(String cause, @Nullable SignedCommit end) implements SessionEvent {}

  /**
   * The move failed after the switch and is undone.
   *
   * @param cause why
   * @param serve next COMMIT, of the old lease
   * @param end the one after it, of the target's lease
   */
  record SwitchedBack(String cause, SignedCommit serve, SignedCommit end) implements SessionEvent {}

  /** The old path is proven usable again. */
  record OldPathRestored() implements SessionEvent {}

  /**
   * The old anchor has drained, or must not any longer.
   *
   * @param end {@code end} of the draining lease
   * @param trigger why now
   */
  record DrainEnded(SignedCommit end, String trigger) implements SessionEvent {}

  /**
   * Every enforcer confirmed that an ended lease is gone, or has stopped by itself.
   *
   * @param lease which
   */
  record LeaseRemoved(LeaseId lease) implements SessionEvent {}

  /**
   * The session ends.
   *
   * @param cause why
   * @param end {@code end} of scope {@code session}; null exactly when no COMMIT is left that it
   *     could refuse
   * @param holds slots asked for that never became leases
   * @param runner who removes it, see {@link Ownership#runner}
   */
  record Ended(EndCause cause, @Nullable SignedCommit end, List<HoldAttempt> holds, String runner)
      implements SessionEvent {
    public Ended {
      holds = List.copyOf(holds);
    }
  }

  /** All network state is gone. */
  record Finished() implements SessionEvent {}
}
