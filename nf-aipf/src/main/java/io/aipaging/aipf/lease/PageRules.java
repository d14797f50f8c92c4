package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import io.aipaging.protocol.CommitRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** PREPARING until ACTIVE (lease-protocol §5, Page). */
final class PageRules {
  Transition committed(Session session, SessionEvent.Committed event, Instant now) {
    SessionState.Preparing preparing = preparing(session);
    IllegalMove.unless(preparing.lease() == null, Rules.STATE);
    IllegalMove.unless(now.isBefore(preparing.deadline()), Rules.LATE);
    SignedCommit serve = event.serve();
    Rules.requireGrant(session, serve, CommitRole.SERVE, event.hold().id(), now);
    Rules.requireAnchor(serve, event.hold().anchor());
    Lease.Committed lease = new Lease.Committed(serve, event.hold().anchor());
    Session after =
        session
            .in(new SessionState.Preparing(preparing.deadline(), preparing.runner(), lease))
            .signed(serve.commit().gen())
            .with(event.qos());
    return new Transition(
        session,
        after,
        Rules.evidence(
            session,
            "LEASE_COMMITTED",
            event.hold().name(),
            lease.name(),
            Rules.about(serve),
            qosTrigger(event.qos()),
            now),
        effects(after, lease));
  }

  private static Why qosTrigger(QosStanding qos) {
    return qos.status() == QosStanding.Status.REFUSED
        ? Rules.trigger("QOS_REFUSED")
        : Why.PROCEDURE;
  }

  static List<Effect> owed(Session session, SessionState.Preparing preparing) {
    return preparing.lease() == null ? List.of() : effects(session, preparing.lease());
  }

  private static List<Effect> effects(Session after, Lease.Committed lease) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.ApplyAtAnchor(lease.anchor().id(), lease.commit()));
    effects.add(new Effect.ApplyAtGate(lease.anchor().gateId(), List.of(lease.commit())));
    if (after.qos().bound()) {
      effects.add(new Effect.ConfirmQos(after.facts().bindingRef(), after.expiresAt()));
    }
    return effects;
  }

  Transition activated(Session session, SessionEvent.Activated event, Instant now) {
    SessionState.Preparing preparing = preparing(session);
    Lease.Committed lease = preparing.lease();
    if (lease == null) {
      throw new IllegalMove(Rules.STATE);
    }
    IllegalMove.unless(now.isBefore(preparing.deadline()), Rules.LATE);
    IllegalMove.unless(now.isBefore(lease.expiresAt()), Rules.LATE);
    SessionState.Active active = new SessionState.Active(lease.serving(), null, List.of());
    return new Transition(
        session,
        session.in(active).with(event.token()).with(event.qos()).with(Residence.first(now)),
        Rules.evidence(session, "SESSION_ACTIVE", active, Rules.about(lease), Why.PROCEDURE, now),
        List.of());
  }

  private static SessionState.Preparing preparing(Session session) {
    if (session.state() instanceof SessionState.Preparing preparing) {
      return preparing;
    }
    throw new IllegalMove(Rules.STATE);
  }
}
