package io.aipaging.aipf.relocation;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Errand;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a session, make before break (lease-protocol §5, Relocate). One at a time per session: who
 * comes second is refused by the session's state.
 */
public final class RelocationProcedure {
  /** The core has not changed the path for which a session was made ready. */
  static final String NO_PATH_CHANGE = "NO_PATH_CHANGE";

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
    return switch (begin(id, wish, steps.errand(trigger, deadline, false))) {
      case Begun begun -> move(begun, deadline);
      case NotBegun(RelocationOutcome outcome) -> outcome;
    };
  }

  /**
   * Makes the target of a move ready, and stops there: its COMMIT is durable, it admits, and the
   * gate reaches it, but every flow stays where it is until {@link #complete}.
   *
   * @param wish where to
   * @param trigger why, in evidence's words
   * @param deadline what is not ready by then is undone
   * @param completeBy what is not completed by then is undone
   * @return empty when the target is ready
   */
  public Optional<RelocationOutcome> prepare(
      SessionId id, Wish wish, String trigger, Instant deadline, Instant completeBy) {
    return switch (begin(id, wish, steps.errand(trigger, completeBy, true))) {
      case Begun begun -> makeReady(begun, deadline);
      case NotBegun(RelocationOutcome outcome) -> Optional.of(outcome);
    };
  }

  /**
   * Goes on with a move that was made ready; a session that does not wait for it stays as it is.
   *
   * @param deadline what is not finished by then is undone
   */
  public RelocationOutcome complete(Session session, Instant deadline) {
    if (!(session.state() instanceof Relocating relocating)
        || !relocating.awaitsCore()
        || !(relocating.move() instanceof Move.TargetCommitted)) {
      return new NotMovable("INCOMPATIBLE_STATE");
    }
    Aim aim = Aim.of(relocating.move());
    Session mine;
    try {
      Errand errand = steps.errand(relocating.errand().trigger(), deadline, false);
      mine = steps.append(session, new SessionEvent.PathChanged(errand));
    } catch (NotAppended e) {
      return new NotMovable(e.problemCause());
    }
    try {
      return fromCommitted(mine, aim, deadline);
    } catch (MoveFailed e) {
      return undone(mine, aim, e);
    }
  }

  /** Until when a session that is made ready now can wait, and {@code atMost} from now. */
  Instant waitingUntil(Session session, Duration atMost) {
    return steps.waitingUntil(session, atMost);
  }

  private sealed interface Beginning {}

  /** It is durable that the session moves. */
  private record Begun(Session decided, String from, Entered entered) implements Beginning {}

  private record NotBegun(RelocationOutcome outcome) implements Beginning {}

  private Beginning begin(SessionId id, Wish wish, Errand errand) {
    for (int race = 0; race < RACES_MAX; race++) {
      Optional<Session> found = steps.find(id);
      if (found.isEmpty()) {
        return new NotBegun(new Unknown());
      }
      Session session = found.get();
      if (!(session.state() instanceof Active active)) {
        return new NotBegun(new NotMovable("INCOMPATIBLE_STATE"));
      }
      String from = active.serving().anchor().id();
      if (!wish.concerns(from)) {
        return new NotBegun(new NotMovable("ELSEWHERE"));
      }
      Targets eligible = targets.of(session, wish);
      if (eligible.anchors().isEmpty()) {
        return new NotBegun(new KeptOldPath(session, from, null, eligible.cause()));
      }
      Optional<Entered> entered = steps.enter(eligible.anchors(), wish.patient());
      if (entered.isEmpty()) {
        String busy = eligible.anchors().getFirst().id();
        return new NotBegun(new KeptOldPath(session, from, busy, RelocationSteps.TARGET_BUSY));
      }
      try {
        return new Begun(decide(session, entered.get(), errand), from, entered.get());
      } catch (NotAppended e) {
        if (!e.stale()) {
          return new NotBegun(new NotMovable(e.problemCause()));
        }
      }
    }
    throw new IllegalStateException("the session changed too often to be moved");
  }

  /** 0: alone with its lease, and durably on its way. */
  private Session decide(Session session, Entered entered, Errand errand) throws NotAppended {
    boolean decided = false;
    try {
      Session alone = drains.endDrain(session, "NEXT_MOVE");
      Session moving = steps.append(alone, new SessionEvent.MoveDecided(errand));
      decided = true;
      return moving;
    } finally {
      if (!decided) {
        steps.turnBack(entered);
      }
    }
  }

  private RelocationOutcome move(Begun begun, Instant deadline) {
    return committed(begun, deadline, (session, aim) -> fromCommitted(session, aim, deadline))
        .orElseThrow();
  }

  private Optional<RelocationOutcome> makeReady(Begun begun, Instant deadline) {
    return committed(
        begun,
        deadline,
        (session, _) -> {
          steps.post(session, deadline);
          steps.expectStill(session);
          return null;
        });
  }

  /** What follows the target's COMMIT. */
  @FunctionalInterface
  private interface Next {
    @Nullable RelocationOutcome go(Session committed, Aim aim) throws MoveFailed;
  }

  private Optional<RelocationOutcome> committed(Begun begun, Instant deadline, Next next) {
    Session decided = begun.decided();
    Lease.Held hold;
    try { // 1 make: a slot, nothing steered
      hold = steps.hold(decided, begun.entered(), deadline);
    } catch (MoveFailed e) {
      Aim aim = new Aim(begun.from(), begun.entered().first().id());
      return Optional.of(undone(decided, aim, e));
    }
    Aim aim = new Aim(begun.from(), hold.anchor().id());
    try {
      Session committed = steps.commit(decided, hold); // 2 durable, with its evidence
      return Optional.ofNullable(next.go(committed, aim));
    } catch (MoveFailed e) {
      return Optional.of(undone(decided, aim, e));
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
   * Finishes a move that its runner left behind, from where the row says it is, or undoes it. One
   * that waits for the core has waited long enough.
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
        case Move _ when relocating.awaitsCore() -> throw new MoveFailed(NO_PATH_CHANGE);
        case Move.Decided _ -> throw new MoveFailed("INTERRUPTED");
        case Move.TargetCommitted _ -> fromCommitted(session, aim, deadline);
        case Move.Switched _ -> {
          steps.switchAgain(session, deadline);
          yield fromSwitched(session, aim, deadline);
        }
        case Move.SwitchedBack _ -> outcome(undo.restoreAgain(session), aim, "INTERRUPTED");
      };
    } catch (MoveFailed e) {
      String cause = e.problemCause();
      Session left =
          e.overtaken()
              ? steps.find(session.id()).orElseThrow()
              : undo.undoOnly(session.id(), relocating.errand(), cause);
      return outcome(left, aim, cause);
    }
  }

  private RelocationOutcome undone(Session moving, Aim aim, MoveFailed why) {
    SessionId id = moving.id();
    Session left =
        !why.overtaken() && moving.state() instanceof Relocating(Errand errand, var _, var _)
            ? undo.undo(id, errand, why.problemCause())
            : steps.find(id).orElseThrow();
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
