package io.aipaging.aipf.relocation;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement.Phase;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Errand;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.List;

/**
 * Undoes a relocation from wherever it is. Before the switch the old path is left alone; after it
 * the old lease gets a new {@code serve}; when that does not work either, the session ends.
 */
public final class RelocationUndo {
  private static final int TRIES_MAX = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private final Leases leases;
  private final CommitIssuer issuer;
  private final RelocationSteps steps;
  private final Endings endings;

  /**
   * What ends leases and sessions.
   *
   * @param drains leases
   * @param ends sessions
   * @param effectTime longest wait for one step of the undoing
   * @param strands for pauses between tries
   */
  public record Endings(
      DrainProcedure drains, EndProcedure ends, Duration effectTime, Strands strands) {}

  /** Undoes with these. */
  public RelocationUndo(
      Leases leases, CommitIssuer issuer, RelocationSteps steps, Endings endings) {
    this.leases = leases;
    this.issuer = issuer;
    this.steps = steps;
    this.endings = endings;
  }

  /**
   * Undoes and returns the session as it is then: ACTIVE on the old path, or ending.
   *
   * @param errand which move; another one, begun or taken on by somebody else meanwhile, is not
   *     touched
   */
  Session undo(SessionId id, Errand errand, String cause) {
    return endings.drains().removeEnded(undoOnly(id, errand, cause));
  }

  /**
   * The same without the removal of what ended, which may take its time: for who looks after the
   * session, and has its renewal to see to first.
   */
  Session undoOnly(SessionId id, Errand errand, String cause) {
    Session session = leases.find(id).orElseThrow();
    if (!(session.state() instanceof Relocating relocating)
        || !relocating.errand().equals(errand)) {
      return session; // somebody ended it meanwhile, and that covers the target too
    }
    try {
      return switch (relocating.move()) {
        case Move.Decided _ ->
            leases.append(session, new SessionEvent.KeptOldPath(cause, null)).session();
        case Move.TargetCommitted move -> keep(session, move, cause);
        case Move.Switched move -> switchBack(session, move, cause);
        case Move.SwitchedBack _ -> giveUp(id, cause);
      };
    } catch (NotAppended e) {
      return e.stale() ? leases.find(id).orElseThrow() : giveUp(id, e.problemCause());
    }
  }

  private Session keep(Session session, Move.TargetCommitted move, String cause)
      throws NotAppended {
    var end = issuer.endLease(session, move.target(), session.nextGen(), leases.now());
    return leases.append(session, new SessionEvent.KeptOldPath(cause, end)).session();
  }

  private Session switchBack(Session session, Move.Switched move, String cause) throws NotAppended {
    if (!leases.now().isBefore(move.old().servedUntil())) {
      return giveUp(session.id(), cause);
    }
    var serve = issuer.serveAgain(session, move.old(), leases.now());
    var end = issuer.endLease(session, move.target(), session.nextGen() + 1, leases.now());
    return restored(
        leases.append(session, new SessionEvent.SwitchedBack(cause, serve, end)).session());
  }

  /** Brings a session whose old lease has a new {@code serve} back to it, or ends it. */
  Session restoreAgain(Session session) {
    try {
      return restored(session);
    } catch (NotAppended e) {
      return e.stale()
          ? leases.find(session.id()).orElseThrow()
          : giveUp(session.id(), e.problemCause());
    }
  }

  private Session restored(Session back) throws NotAppended {
    try {
      restore(leases.owed(back), back.state().live().getFirst());
    } catch (MoveFailed e) {
      return giveUp(back.id(), e.problemCause());
    }
    return leases.append(back, new SessionEvent.OldPathRestored()).session();
  }

  Duration effectTime() {
    return endings.effectTime();
  }

  /** All effects and a probe; each is tried a few times, for the old path is the last one. */
  private void restore(List<Effect> effects, Lease.Live old) throws MoveFailed {
    for (int attempt = 1; ; attempt++) {
      try {
        for (Effect effect : effects) {
          steps.perform(effect, leases.now().plus(endings.effectTime()));
        }
        steps.expectUsable(old, Phase.STEERED, leases.now().plus(endings.effectTime()));
        return;
      } catch (MoveFailed e) {
        if (attempt == TRIES_MAX) {
          throw e;
        }
        endings.strands().pause(BETWEEN_TRIES);
      }
    }
  }

  private Session giveUp(SessionId id, String cause) {
    return endings.ends().end(id, new EndCause(EndReason.ANCHOR_LOST, cause)).orElseThrow();
  }
}
