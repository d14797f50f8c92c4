package io.aipaging.aipf.relocation;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.enforcement.Enforcement.Phase;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Errand;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The steps of a relocation. Each is durable before it acts and says why it did not succeed. */
public final class RelocationSteps {
  /** All anchors a patient session might go to have as many on their way as they may. */
  static final String TARGET_BUSY = "TARGET_BUSY";

  private static final int HOLDS_MAX = 3;
  private static final Duration RENEWAL_TIME = Duration.ofMillis(500);
  private static final Duration COURTESY = Duration.ofMillis(250);
  private final Leases leases;
  private final CommitIssuer issuer;
  private final Enforcement enforcement;
  private final LeaseTerms terms;
  private final Ids ids;
  private final MoveBudget budget;

  /** Steps over these. */
  public RelocationSteps(Leases leases, CommitIssuer issuer, Enforcement enforcement, Tools tools) {
    this.leases = leases;
    this.issuer = issuer;
    this.enforcement = enforcement;
    this.terms = tools.terms();
    this.ids = tools.ids();
    this.budget = tools.budget();
  }

  /**
   * What steps need besides.
   *
   * @param terms times leases live by
   * @param ids ids of new leases
   * @param budget who may move where at the same time
   */
  public record Tools(LeaseTerms terms, Ids ids, MoveBudget budget) {}

  Optional<Session> find(SessionId id) {
    return leases.find(id);
  }

  Instant now() {
    return leases.now();
  }

  Session append(Session session, SessionEvent event) throws NotAppended {
    return leases.append(session, event).session();
  }

  Errand errand(String trigger, Instant deadline, boolean awaitsCore) {
    return leases.errand(trigger, deadline, awaitsCore);
  }

  /**
   * Until when a session can wait for the core without missing its old lease's renewal; perhaps
   * past already.
   */
  Instant waitingUntil(Session session, Duration atMost) {
    Instant wanted = leases.now().plus(atMost);
    Instant latest = renewableUntil(session);
    return latest.isBefore(wanted) ? latest : wanted;
  }

  /**
   * Takes a place of the budget on the way to the best anchor that has one, before anything is
   * decided: a session whose turn has not come is not touched. {@link #turnBack} or {@link
   * #arrived} gives it back.
   *
   * @param patient as {@link Wish#patient}
   * @return empty when all of them have as many on their way as they may
   */
  Optional<Entered> enter(List<LeaseAnchor> anchors, boolean patient) {
    for (int best = 0; best < anchors.size(); best++) {
      if (budget.enter(anchors.get(best).id(), patient)) {
        return Optional.of(new Entered(anchors.subList(best, anchors.size()), patient, best > 0));
      }
    }
    return Optional.empty();
  }

  /**
   * A place on the way to the first of some anchors.
   *
   * @param anchors best first, one at least
   * @param patient as {@link Wish#patient}
   * @param passedOver whether a better one had no place
   */
  record Entered(List<LeaseAnchor> anchors, boolean patient, boolean passedOver) {
    LeaseAnchor first() {
      return anchors.getFirst();
    }
  }

  /** The move was not decided. */
  void turnBack(Entered entered) {
    budget.leave(entered.first().id());
  }

  /** 1: a slot at the best anchor that gives one, three at most, and has a place on the way. */
  Lease.Held hold(Session session, Entered entered, Instant deadline) throws MoveFailed {
    String cause = TARGET_BUSY;
    Instant latest = stillRenewable(session, deadline);
    boolean busy = entered.passedOver();
    for (int i = 0; i < Math.min(HOLDS_MAX, entered.anchors().size()); i++) {
      LeaseAnchor anchor = entered.anchors().get(i);
      if (i > 0 && !budget.enter(anchor.id(), entered.patient())) {
        busy = true;
        continue;
      }
      LeaseId lease = new LeaseId(ids.next());
      try {
        return ask(() -> enforcement.hold(session, lease, anchor, terms.holdTtl(), latest), latest);
      } catch (MoveFailed e) {
        cause = e.problemCause();
        budget.leave(anchor.id());
        letGo(anchor, lease);
      }
    }
    throw new MoveFailed(busy ? TARGET_BUSY : cause);
  }

  /**
   * A slot that comes too late for the move must not come too late for the old lease's renewal as
   * well; one that is past its renewal has nothing but the move left.
   */
  private Instant stillRenewable(Session session, Instant deadline) {
    Instant latest = renewableUntil(session);
    return latest.isAfter(leases.now()) && latest.isBefore(deadline) ? latest : deadline;
  }

  private Instant renewableUntil(Session session) {
    return terms.cutoff(session.state().live().getFirst().expiresAt()).minus(RENEWAL_TIME);
  }

  /** A move is over, however it ended. */
  void arrived(Lease.Held hold) {
    budget.leave(hold.anchor().id());
  }

  /** 2: the target's COMMIT, durable. */
  Session commit(Session session, Lease.Held hold) throws MoveFailed {
    try {
      requireLife(session.expiresAt());
      var serve = issuer.serve(session, hold, session.qos(), leases.now());
      return append(session, new SessionEvent.TargetCommitted(hold, serve));
    } catch (NotAppended e) {
      letGo(hold.anchor(), hold.id());
      throw new MoveFailed(e);
    } catch (MoveFailed e) {
      letGo(hold.anchor(), hold.id());
      throw e;
    }
  }

  /** 3: the target admits, and the gate in front of it reaches it. */
  void post(Session session, Instant deadline) throws MoveFailed {
    Lease.Committed target = target(session);
    perform(new Effect.ApplyAtAnchor(target.anchor().id(), target.commit()), deadline);
    expectUsable(target, Phase.REACHABLE, deadline);
  }

  /** Whether nobody has given the move up, or taken it further, while the target was made ready. */
  void expectStill(Session session) throws MoveFailed {
    if (!leases.find(session.id()).equals(Optional.of(session))) {
      throw MoveFailed.byOther();
    }
  }

  /** 4: new flows to the target, old flows stay where they are. */
  Session switchPath(Session session, Instant deadline) throws MoveFailed {
    if (!(session.state() instanceof Relocating relocating)
        || !(relocating.move() instanceof Move.TargetCommitted move)) {
      throw new MoveFailed("INCOMPATIBLE_STATE");
    }
    requireTime(deadline);
    requireLife(move.old().expiresAt());
    var drain = issuer.drain(session, move.old(), leases.now());
    Leases.Moved switched;
    try {
      switched = leases.append(session, new SessionEvent.Switched(drain));
    } catch (NotAppended e) {
      throw new MoveFailed(e);
    }
    performAll(switched.effects(), deadline);
    return switched.session();
  }

  /** 4, once more: whoever began it may have told no gate. */
  void switchAgain(Session session, Instant deadline) throws MoveFailed {
    performAll(leases.owed(session), deadline);
  }

  private void performAll(List<Effect> effects, Instant deadline) throws MoveFailed {
    for (Effect effect : effects) {
      perform(effect, deadline);
    }
  }

  /** 5: the new path is proven, and the old anchor told to let its connections finish. */
  Session expectSteered(Session session, Instant deadline) throws MoveFailed {
    expectUsable(target(session), Phase.STEERED, deadline);
    Leases.Moved moved;
    try {
      moved = leases.append(session, new SessionEvent.Moved());
    } catch (NotAppended e) {
      throw new MoveFailed(e);
    }
    moved.effects().forEach(this::tell);
    return moved.session();
  }

  /** The old anchor stops by itself at the latest; it need not answer for the move to succeed. */
  private void tell(Effect effect) {
    Strand<Boolean> told = enforcement.start(() -> done(effect, leases.now().plus(terms.drain())));
    try {
      var _ = told.peek(COURTESY);
    } catch (Refusal e) {
      return;
    }
  }

  /** Probes; anything but a usable anchor fails the step. */
  void expectUsable(Lease.Live lease, Phase phase, Instant deadline) throws MoveFailed {
    ProbeResult probe =
        ask(() -> enforcement.probe(lease.commit(), lease.anchor(), phase, deadline), deadline);
    if (!probe.usable()) {
      throw new MoveFailed(probe.cause() == null ? "ANCHOR_NOT_USABLE" : probe.cause());
    }
  }

  void perform(Effect effect, Instant deadline) throws MoveFailed {
    var _ = ask(() -> done(effect, deadline), deadline);
  }

  private boolean done(Effect effect, Instant deadline) {
    enforcement.perform(effect, deadline);
    return true;
  }

  private <T> T ask(Callable<T> question, Instant deadline) throws MoveFailed {
    requireTime(deadline);
    try {
      return enforcement.start(question).join(Duration.between(leases.now(), deadline));
    } catch (Refusal e) {
      throw new MoveFailed(e.problemCause());
    }
  }

  /** What is over is not signed for. */
  private void requireLife(Instant end) throws MoveFailed {
    if (!leases.now().isBefore(end)) {
      throw new MoveFailed("TOO_LATE");
    }
  }

  private void requireTime(Instant deadline) throws MoveFailed {
    if (!leases.now().isBefore(deadline)) {
      throw new MoveFailed("TIMED_OUT_REQUEST");
    }
  }

  /** A slot nobody needs; its hold's end does the same a little later. */
  private void letGo(LeaseAnchor anchor, LeaseId lease) {
    tell(new Effect.ReleaseHold(anchor.id(), lease));
  }

  private static Lease.Committed target(Session session) throws MoveFailed {
    Move move = session.state() instanceof Relocating relocating ? relocating.move() : null;
    return switch (move) {
      case Move.TargetCommitted committed -> committed.target();
      case Move.Switched switched -> switched.target();
      case null, default -> throw new MoveFailed("INCOMPATIBLE_STATE");
    };
  }
}
