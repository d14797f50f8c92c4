package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import java.time.Instant;
import java.util.List;

/** Make before break (lease-protocol §5, Relocate). */
final class RelocationRules {
  private static final int REMOVING_MAX = 4;
  private final LeaseTerms terms;

  RelocationRules(LeaseTerms terms) {
    this.terms = terms;
  }

  Transition decided(Session session, SessionEvent.MoveDecided event, Instant now) {
    Active active = active(session);
    IllegalMove.unless(active.draining() == null, Rules.STATE);
    IllegalMove.unless(active.removing().size() < REMOVING_MAX, "TOO_MANY_ENDING");
    IllegalMove.unless(now.isBefore(terms.cutoff(active.serving().expiresAt())), Rules.LATE);
    Relocating next =
        new Relocating(event.errand(), new Move.Decided(active.serving()), active.removing());
    return session(session, next, "SESSION_RELOCATING", event.errand().trigger(), now);
  }

  Transition targetCommitted(Session session, SessionEvent.TargetCommitted event, Instant now) {
    Relocating relocating = relocating(session);
    Move.Decided move = move(relocating, Move.Decided.class);
    SignedCommit serve = event.serve();
    IllegalMove.unless(now.isBefore(terms.cutoff(move.old().expiresAt())), Rules.LATE);
    IllegalMove.unless(!event.hold().id().equals(move.old().id()), Rules.MISMATCH);
    Rules.requireGrant(session, serve, CommitRole.SERVE, event.hold().id(), now);
    Rules.requireAnchor(serve, event.hold().anchor());
    Lease.Committed target = new Lease.Committed(serve, event.hold().anchor());
    return new Transition(
        session,
        session
            .in(moving(relocating, new Move.TargetCommitted(move.old(), target)))
            .signed(serve.commit().gen()),
        Rules.evidence(
            session,
            "LEASE_COMMITTED",
            event.hold().name(),
            target.name(),
            Rules.about(serve),
            Rules.trigger(relocating.errand().trigger()),
            now),
        List.of(new Effect.ApplyAtAnchor(target.anchor().id(), serve)));
  }

  Transition pathChanged(Session session, SessionEvent.PathChanged event, Instant now) {
    Relocating relocating = relocating(session);
    Move.TargetCommitted move = move(relocating, Move.TargetCommitted.class);
    IllegalMove.unless(relocating.awaitsCore() && !event.errand().awaitsCore(), Rules.STATE);
    Relocating next = new Relocating(event.errand(), move, relocating.removing());
    return session(session, next, "UP_PATH_CHANGED", event.errand().trigger(), now);
  }

  Transition switched(Session session, SessionEvent.Switched event, Instant now) {
    Relocating relocating = relocating(session);
    IllegalMove.unless(!relocating.awaitsCore(), Rules.STATE);
    Move.TargetCommitted move = move(relocating, Move.TargetCommitted.class);
    Lease.Serving old = move.old();
    SignedCommit drain = event.drain();
    IllegalMove.unless(now.isBefore(move.target().expiresAt()), Rules.LATE);
    Rules.requireGrant(session, drain, CommitRole.DRAIN, old.id(), now);
    Rules.requireAnchor(drain, old.anchor());
    IllegalMove.unless(!drain.commit().expiresAt().isAfter(old.expiresAt()), Rules.MISMATCH);
    Lease.Draining draining = new Lease.Draining(drain, old.commit(), old.anchor());
    return new Transition(
        session,
        session
            .in(moving(relocating, new Move.Switched(draining, move.target())))
            .signed(drain.commit().gen()),
        Rules.evidence(
            session,
            "LEASE_DRAINING",
            old.name(),
            draining.name(),
            Rules.about(drain),
            Rules.trigger(relocating.errand().trigger()),
            now),
        MoveEffects.ofSwitch(move.target(), draining));
  }

  Transition moved(Session session, Instant now) {
    Relocating relocating = relocating(session);
    Move.Switched move = move(relocating, Move.Switched.class);
    IllegalMove.unless(now.isBefore(move.target().expiresAt()), Rules.LATE);
    Active next = new Active(move.target().serving(), move.old(), relocating.removing());
    return new Transition(
        session,
        session.in(next).with(Residence.movedFrom(move.old().anchor().id(), now)),
        Rules.evidence(
            session,
            "SESSION_RELOCATED",
            next,
            Rules.about(next.serving()),
            Rules.trigger(relocating.errand().trigger()),
            now),
        List.of(new Effect.ApplyAtAnchor(move.old().anchor().id(), move.old().commit())));
  }

  Transition keptOldPath(Session session, SessionEvent.KeptOldPath event, Instant now) {
    Relocating relocating = relocating(session);
    SignedCommit end = event.end();
    if (relocating.move() instanceof Move.Decided(Lease.Serving old) && end == null) {
      Active next = new Active(old, null, relocating.removing());
      return undone(session, next, event.cause(), now);
    }
    Move.TargetCommitted move = move(relocating, Move.TargetCommitted.class);
    if (end == null) {
      throw new IllegalMove(Rules.MISMATCH);
    }
    Rules.requireEnd(session, end, EndScope.LEASE, session.nextGen());
    requireLease(end, move.target());
    Lease.Ended ended = Rules.ended(move.target(), EndReason.ADMISSION_REJECTED, end);
    Active next = new Active(move.old(), null, SessionState.with(relocating.removing(), ended));
    return new Transition(
        session,
        session.in(next).signed(end.commit().gen()).with(session.residence().undone(now)),
        Rules.evidence(
            session,
            "RELOCATION_UNDONE",
            next,
            Rules.about(end),
            Rules.trigger(event.cause()),
            now),
        Rules.gateThenAnchor(end, move.target().anchor()));
  }

  Transition switchedBack(Session session, SessionEvent.SwitchedBack event, Instant now) {
    Relocating relocating = relocating(session);
    Move.Switched move = move(relocating, Move.Switched.class);
    Lease.Draining old = move.old();
    SignedCommit serve = event.serve();
    SignedCommit end = event.end();
    IllegalMove.unless(now.isBefore(old.servedUntil()), Rules.LATE);
    Rules.requireGrant(session, serve, CommitRole.SERVE, old.id(), now);
    Rules.requireAnchor(serve, old.anchor());
    IllegalMove.unless(!serve.commit().expiresAt().isAfter(old.servedUntil()), Rules.MISMATCH);
    Rules.requireEnd(session, end, EndScope.LEASE, session.nextGen() + 1);
    requireLease(end, move.target());
    Lease.Ended ended = Rules.ended(move.target(), EndReason.ANCHOR_LOST, end);
    Lease.Committed back = new Lease.Committed(serve, old.anchor());
    Relocating next =
        new Relocating(
            relocating.errand(),
            new Move.SwitchedBack(back, event.cause()),
            SessionState.with(relocating.removing(), ended));
    return new Transition(
        session,
        session.in(next).signed(end.commit().gen()),
        Rules.evidence(
            session,
            "LEASE_SERVING_AGAIN",
            old.name(),
            "SERVING",
            Rules.about(serve),
            Rules.trigger(event.cause()),
            now),
        MoveEffects.ofWayBack(back, ended));
  }

  Transition oldPathRestored(Session session, Instant now) {
    Relocating relocating = relocating(session);
    Move.SwitchedBack move = move(relocating, Move.SwitchedBack.class);
    IllegalMove.unless(now.isBefore(move.old().expiresAt()), Rules.LATE);
    Active next = new Active(move.old().serving(), null, relocating.removing());
    return undone(session, next, move.cause(), now);
  }

  private static Transition undone(Session session, Active next, String cause, Instant now) {
    return session(
        session.with(session.residence().undone(now)), next, "RELOCATION_UNDONE", cause, now);
  }

  Transition drainEnded(Session session, SessionEvent.DrainEnded event, Instant now) {
    Active active = active(session);
    Lease.Draining draining = active.draining();
    if (draining == null) {
      throw new IllegalMove(Rules.STATE);
    }
    SignedCommit end = event.end();
    Rules.requireEnd(session, end, EndScope.LEASE, session.nextGen());
    requireLease(end, draining);
    Lease.Ended ended = Rules.ended(draining, EndReason.RELOCATED, end);
    Active next = new Active(active.serving(), null, SessionState.with(active.removing(), ended));
    return new Transition(
        session,
        session.in(next).signed(end.commit().gen()),
        Rules.evidence(
            session,
            "LEASE_ENDED",
            draining.name(),
            ended.name(),
            Rules.about(end),
            new Why(EndReason.RELOCATED.name(), event.trigger()),
            now),
        Rules.gateThenAnchor(end, draining.anchor()));
  }

  Transition leaseRemoved(Session session, SessionEvent.LeaseRemoved event, Instant now) {
    Active active = active(session);
    Lease.Ended gone =
        active.removing().stream()
            .filter(lease -> lease.id().equals(event.lease()))
            .findFirst()
            .orElseThrow(() -> new IllegalMove(Rules.STATE));
    List<Lease.Ended> left =
        active.removing().stream().filter(lease -> !lease.equals(gone)).toList();
    Active next = new Active(active.serving(), active.draining(), left);
    return new Transition(
        session,
        session.in(next),
        Rules.evidence(
            session,
            "LEASE_REMOVED",
            gone.name(),
            "REMOVED",
            Rules.about(gone),
            new Why(gone.reason().name(), null),
            now),
        List.of());
  }

  private static Transition session(
      Session session, SessionState next, String type, String trigger, Instant now) {
    return new Transition(
        session,
        session.in(next),
        Rules.evidence(
            session, type, next, Rules.about(next.live().getFirst()), Rules.trigger(trigger), now),
        List.of());
  }

  private static Relocating moving(Relocating relocating, Move move) {
    return new Relocating(relocating.errand(), move, relocating.removing());
  }

  private static void requireLease(SignedCommit end, Lease.Live lease) {
    IllegalMove.unless(end.commit().lease().equals(lease.id()), Rules.MISMATCH);
    Rules.requireAnchor(end, lease.anchor());
  }

  private static Active active(Session session) {
    if (session.state() instanceof Active active) {
      return active;
    }
    throw new IllegalMove(Rules.STATE);
  }

  private static Relocating relocating(Session session) {
    if (session.state() instanceof Relocating relocating) {
      return relocating;
    }
    throw new IllegalMove(Rules.STATE);
  }

  private static <T extends Move> T move(Relocating relocating, Class<T> type) {
    if (type.isInstance(relocating.move())) {
      return type.cast(relocating.move());
    }
    throw new IllegalMove(Rules.STATE);
  }
}
