package io.aipaging.aipf.relocation;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.relocation.RelocationOutcome.Ended;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.relocation.RelocationOutcome.NotMovable;
import io.aipaging.aipf.relocation.RelocationOutcome.Unknown;
import io.aipaging.aipf.relocation.RelocationTargets.Targets;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a session, make before break (lease-protocol §5, Relocate). One at a time per session: who
 * comes second is refused by the session's state.
 */
public final class RelocationProcedure {
  private static final int RACES_MAX = 64;
  private final RelocationSteps steps;
  private final RelocationUndo undo;
  private final RelocationTargets targets;
  private final DrainProcedure drains;

  /** A procedure over its steps and their undoing. */
  public RelocationProcedure(
      RelocationSteps steps,
      RelocationUndo undo,
      RelocationTargets targets,
      DrainProcedure drains) {
    this.steps = steps;
    this.undo = undo;
    this.targets = targets;
    this.drains = drains;
  }

  /**
   * Moves a session.
   *
   * @param wanted the only anchor to consider, or null for the best
   * @param trigger why, in evidence's words
   * @param deadline what is not finished by then is undone
   */
  public RelocationOutcome relocate(
      SessionId id, @Nullable String wanted, String trigger, Instant deadline) {
    for (int race = 0; race < RACES_MAX; race++) {
      Optional<Session> found = steps.find(id);
      if (found.isEmpty()) {
        return new Unknown();
      }
      Session session = found.get();
      if (!(session.state() instanceof Active active)) {
        return new NotMovable("INCOMPATIBLE_STATE");
      }
      String from = active.serving().anchor().id();
      Targets eligible = targets.of(session, wanted);
      if (eligible.anchors().isEmpty()) {
        return new KeptOldPath(session, from, null, eligible.cause());
      }
      try {
        Session alone = drains.endDrain(session, "NEXT_MOVE");
        Session decided = steps.append(alone, new SessionEvent.MoveDecided(trigger));
        return move(decided, from, eligible.anchors(), deadline);
      } catch (NotAppended e) {
        if (!e.stale()) {
          return new NotMovable(e.problemCause());
        }
      }
    }
    throw new IllegalStateException("the session changed too often to be moved");
  }

  private RelocationOutcome move(
      Session decided, String from, List<LeaseAnchor> anchors, Instant deadline) {
    String aimedAt = anchors.getFirst().id();
    try {
      var hold = steps.hold(decided, anchors, deadline); // 1 make: a slot, nothing steered
      aimedAt = hold.anchor().id();
      Session committed = steps.commit(decided, hold); // 2 durable, with its evidence
      steps.post(committed, deadline); // 3 the anchor posts, and is reachable from the gate
      Session switched =
          steps.switchPath(committed, deadline); // 4 one step per gate, old flows drain
      Session moved = steps.expectSteered(switched, deadline); // 5 probe
      return new Moved(moved, from, aimedAt); // 6 break: when the drain ends
    } catch (MoveFailed e) {
      Session left = undo.undo(decided.id(), e.problemCause());
      return left.state() instanceof Active
          ? new KeptOldPath(left, from, aimedAt, e.problemCause())
          : new Ended(left, from, aimedAt, e.problemCause());
    }
  }
}
