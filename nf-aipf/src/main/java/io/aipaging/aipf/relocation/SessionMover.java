package io.aipaging.aipf.relocation;

import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.enforcement.Enforcement.Phase;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.relocation.Damping.Verdict;
import io.aipaging.aipf.relocation.RelocationOutcome.Ended;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges one session by a trigger and the rules, and moves it. Thread-safe. */
public final class SessionMover {
  private static final Duration SOON = Duration.ofSeconds(1);
  private final Leases leases;
  private final RelocationProcedure relocation;
  private final Rules rules;
  private final Farewell farewell;

  /** A mover that keeps to {@code rules}. */
  public SessionMover(
      Leases leases, RelocationProcedure relocation, Rules rules, Farewell farewell) {
    this.leases = leases;
    this.relocation = relocation;
    this.rules = rules;
    this.farewell = farewell;
  }

  /**
   * What moves keep to.
   *
   * @param damping against moving to and fro
   * @param time what is not finished within it is undone
   */
  public record Rules(Damping damping, Duration time) {}

  /**
   * What happens to a session that cannot leave a lost anchor.
   *
   * @param enforcement asks the gate once more
   * @param ends ends it
   */
  public record Farewell(Enforcement enforcement, EndProcedure ends) {}

  /**
   * What came of it.
   *
   * @param outcome of the move; null when none was tried
   * @param again when it may be tried again; null when there is nothing left to do
   * @param queued whether only its turn has not come, because too many go where it wants to
   */
  record Attempt(@Nullable RelocationOutcome outcome, @Nullable Instant again, boolean queued) {
    private static final Attempt NOTHING = new Attempt(null, null);

    Attempt(@Nullable RelocationOutcome outcome, @Nullable Instant again) {
      this(outcome, again, false);
    }

    /** Whether the session is no longer where it was. */
    boolean left() {
      return outcome instanceof Moved || outcome instanceof Ended;
    }
  }

  /** Whether {@link #attempt} would try a move now; asks nobody. */
  boolean mayMove(Session session, Trigger trigger) {
    return session.state() instanceof Active active
        && concerns(trigger, session, active.serving().anchor())
        && !leases.now().isBefore(verdict(session, trigger).from());
  }

  /** Moves a session somebody wants moved, whatever the rules say. */
  RelocationOutcome move(Trigger.OperatorMove wanted, Instant deadline) {
    return relocation.relocate(wanted.session(), Wish.to(wanted.target()), wanted.word(), deadline);
  }

  /** Moves a session, unless it is not concerned or the rules forbid it for now. */
  Attempt attempt(SessionId id, Trigger trigger) {
    Optional<Session> found = leases.find(id);
    if (found.isEmpty()) {
      return Attempt.NOTHING;
    }
    Session session = found.get();
    if (session.state() instanceof Relocating relocating) {
      return isReadyFor(trigger, relocating) ? complete(session) : new Attempt(null, soon());
    }
    if (!(session.state() instanceof Active active)
        || !concerns(trigger, session, active.serving().anchor())) {
      return Attempt.NOTHING;
    }
    Verdict verdict = verdict(session, trigger);
    return leases.now().isBefore(verdict.from())
        ? new Attempt(null, verdict.from())
        : attempt(session, active.serving(), trigger, verdict);
  }

  /** The core has changed the path for which the session was made ready. */
  private Attempt complete(Session session) {
    Instant deadline = leases.now().plus(rules.time());
    RelocationOutcome outcome = relocation.complete(session, deadline);
    return new Attempt(outcome, outcome instanceof Moved ? null : soon());
  }

  /** Whether a session waits, ready, for its UE to be where {@code trigger} says. */
  static boolean isReadyFor(Trigger trigger, Relocating relocating) {
    return trigger instanceof Trigger.UeMoved(var _, String dnai)
        && relocating.awaitsCore()
        && relocating.move() instanceof Move.TargetCommitted(var _, Lease.Committed target)
        && dnai.equals(target.anchor().ref().dnai());
  }

  private Attempt attempt(Session session, Lease.Serving at, Trigger trigger, Verdict verdict) {
    String dnai = trigger instanceof Trigger.UeMoved(var _, String there) ? there : null;
    Wish wish = new Wish(at.anchor().id(), null, dnai, verdict.avoided(), true);
    Instant deadline = leases.now().plus(rules.time());
    RelocationOutcome outcome = relocation.relocate(session.id(), wish, trigger.word(), deadline);
    if (outcome instanceof KeptOldPath kept) {
      if (kept.cause().equals(RelocationSteps.TARGET_BUSY)) {
        return new Attempt(null, soon(), true); // there may be a way for it, and it has not had it
      }
      outcome = trigger instanceof Trigger.AnchorLost ? leaveUnusable(kept, at) : kept;
    }
    boolean settled = outcome instanceof Moved || outcome instanceof Ended;
    return new Attempt(outcome, settled ? null : later(soon(), verdict.returnsAt()));
  }

  /**
   * Ends a session that nothing carries any more: only if the gate itself says that the old path is
   * not usable either, for it may see an anchor that this process does not.
   */
  private RelocationOutcome leaveUnusable(KeptOldPath kept, Lease.Serving at) {
    Instant deadline = leases.now().plus(rules.time());
    Enforcement enforcement = farewell.enforcement();
    try {
      ProbeResult probe =
          enforcement
              .start(() -> enforcement.probe(at.commit(), at.anchor(), Phase.STEERED, deadline))
              .join(rules.time());
      if (probe.usable()) {
        return kept;
      }
    } catch (Refusal e) {
      return kept;
    }
    Optional<Session> now =
        farewell
            .ends()
            .endIf(
                kept.session().id(),
                new EndCause(EndReason.ANCHOR_LOST, new Trigger.AnchorLost(kept.from()).word()),
                session -> session.state() instanceof Active active && active.serving().equals(at));
    return now.filter(session -> !(session.state() instanceof Active))
        .<RelocationOutcome>map(session -> new Ended(session, kept.from(), kept.to(), kept.cause()))
        .orElse(kept);
  }

  private static boolean concerns(Trigger trigger, Session session, LeaseAnchor at) {
    return switch (trigger) {
      case Trigger.OfAnchor condition -> condition.anchor().equals(at.id());
      case Trigger.UeMoved(UeAddress ue, String dnai) ->
          ue.equals(session.facts().subscriber().ue()) && !dnai.equals(at.ref().dnai());
      case Trigger.QosNotGuaranteed(String ref) -> ref.equals(session.facts().bindingRef());
      case Trigger.OperatorMove(SessionId id, var _) -> id.equals(session.id());
    };
  }

  private Verdict verdict(Session session, Trigger trigger) {
    return trigger.forced() ? Verdict.FREE : rules.damping().of(session.residence(), leases.now());
  }

  private Instant soon() {
    return leases.now().plus(SOON);
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
