package io.aipaging.aipf.relocation;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.relocation.RelocationOutcome.Ended;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.relocation.RelocationOutcome.NotMovable;
import io.aipaging.aipf.relocation.RelocationOutcome.Unknown;
import io.aipaging.aipf.relocation.RelocationSteps.Entered;
import io.aipaging.aipf.relocation.RelocationTargets.Targets;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.Optional;

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
   * @param wish where to
   * @param trigger why, in evidence's words
   * @param deadline what is not finished by then is undone
   */
  public RelocationOutcome relocate(SessionId id, Wish wish, String trigger, Instant deadline) {
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
      if (!wish.concerns(from)) {
        return new NotMovable("ELSEWHERE");
      }
      Targets eligible = targets.of(session, wish);
      if (eligible.anchors().isEmpty()) {
        return new KeptOldPath(session, from, null, eligible.cause());
      }
      Optional<Entered> entered = steps.enter(eligible.anchors(), wish.patient());
      if (entered.isEmpty()) {
        String busy = eligible.anchors().getFirst().id();
        return new KeptOldPath(session, from, busy, RelocationSteps.TARGET_BUSY);
      }
      try {
        Session decided = decide(session, entered.get(), trigger, deadline);
        return move(decided, from, entered.get(), deadline);
      } catch (NotAppended e) {
        if (!e.stale()) {
          return new NotMovable(e.problemCause());
        }
      }
    }
    throw new IllegalStateException("the session changed too often to be moved");
  }

  /** 0: alone with its lease, and durably on its way. */
  private Session decide(Session session, Entered entered, String trigger, Instant deadline)
      throws NotAppended {
    boolean decided = false;
    try {
      Session alone = drains.endDrain(session, "NEXT_MOVE");
      Session moving = steps.append(alone, steps.decided(trigger, deadline));
      decided = true;
      return moving;
    } finally {
      if (!decided) {
        steps.turnBack(entered);
      }
    }
  }

  private RelocationOutcome move(Session decided, String from, Entered entered, Instant deadline) {
    Lease.Held hold;
    try { // 1 make: a slot, nothing steered
      hold = steps.hold(decided, entered, deadline);
    } catch (MoveFailed e) {
      return undone(decided.id(), new Aim(from, entered.first().id()), e);
    }
    Aim aim = new Aim(from, hold.anchor().id());
    try {
      Session committed = steps.commit(decided, hold); // 2 durable, with its evidence
      return fromCommitted(committed, aim, deadline);
    } catch (MoveFailed e) {
      return undone(decided.id(), aim, e);
    } finally {
      steps.arrived(hold);
    }
  }

  private RelocationOutcome fromCommitted(Session committed, Aim aim, Instant deadline)
      throws MoveFailed {
    steps.post(committed, deadline); // 3 the anchor posts, and is reachable from the gate
    Session switched =
        steps.switchPath(committed, deadline); // 4 one step per gate, old flows drain
    return fromSwitched(switched, aim, deadline);
  }

  private RelocationOutcome fromSwitched(Session switched, Aim aim, Instant deadline)
      throws MoveFailed {
    Session moved = steps.expectSteered(switched, deadline); // 5 probe
    return new Moved(moved, aim.from(), aim.to()); // 6 break: when the drain ends
  }

  /**
   * Finishes a move that its runner left behind, from where the row says it is, or undoes it.
   *
   * @param session RELOCATING; others stay as they are
   */
  public RelocationOutcome resume(Session session) {
    if (!(session.state() instanceof Relocating relocating)) {
      return new NotMovable("INCOMPATIBLE_STATE");
    }
    Aim aim = Aim.of(relocating.move());
    Instant deadline = steps.now().plus(undo.effectTime().multipliedBy(3));
    try {
      return switch (relocating.move()) {
        case Move.Decided _ -> throw new MoveFailed("INTERRUPTED");
        case Move.TargetCommitted _ -> fromCommitted(session, aim, deadline);
        case Move.Switched _ -> {
          steps.switchAgain(session, deadline);
          yield fromSwitched(session, aim, deadline);
        }
        case Move.SwitchedBack _ -> outcome(undo.restoreAgain(session), aim, "INTERRUPTED");
      };
    } catch (MoveFailed e) {
      return undone(session.id(), aim, e);
    }
  }

  private RelocationOutcome undone(SessionId id, Aim aim, MoveFailed why) {
    Session left =
        why.overtaken() ? steps.find(id).orElseThrow() : undo.undo(id, why.problemCause());
    return outcome(left, aim, why.problemCause());
  }

  private static RelocationOutcome outcome(Session left, Aim aim, String cause) {
    return switch (left.state()) {
      case Active active when active.serving().anchor().id().equals(aim.to()) ->
          new Moved(left, aim.from(), aim.to());
      case Active _, Relocating _ -> new KeptOldPath(left, aim.from(), aim.to(), cause);
      default -> new Ended(left, aim.from(), aim.to(), cause);
    };
  }

  /** From where to where; {@code to} may still change while no slot is held. */
  private record Aim(String from, String to) {
    static Aim of(Move move) {
      return switch (move) {
        case Move.Decided(var old) -> new Aim(old.anchor().id(), old.anchor().id());
        case Move.TargetCommitted(var old, var target) ->
            new Aim(old.anchor().id(), target.anchor().id());
        case Move.Switched(var old, var target) -> new Aim(old.anchor().id(), target.anchor().id());
        case Move.SwitchedBack(var old, var _) -> new Aim(old.anchor().id(), old.anchor().id());
      };
    }
  }
}
