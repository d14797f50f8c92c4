package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft.Why;
import io.aipaging.protocol.CommitRole;
import java.time.Instant;

/** New COMMITs of a serving lease (lease-protocol §5, Renew). */
final class RenewalRules {
  private final LeaseTerms terms;

  RenewalRules(LeaseTerms terms) {
    this.terms = terms;
  }

  Transition renewed(Session session, SessionEvent.LeaseRenewed event, Instant now) {
    SessionState.Active next = renew(session, event.serve(), now);
    return new Transition(
        session,
        session.in(next).signed(event.serve().commit().gen()),
        Rules.evidence(
            session,
            "LEASE_RENEWED",
            "SERVING",
            "SERVING",
            Rules.about(event.serve()),
            Why.PROCEDURE,
            now),
        Rules.gateThenAnchor(event.serve(), next.serving().anchor()));
  }

  Transition extended(Session session, SessionEvent.Extended event, Instant now) {
    IllegalMove.unless(!event.expiresAt().isBefore(session.expiresAt()), Rules.MISMATCH);
    IllegalMove.unless(!event.expiresAt().isAfter(session.facts().expiresAtMax()), Rules.MISMATCH);
    Session longer = session.until(event.expiresAt());
    SessionState.Active next = renew(longer, event.serve(), now);
    return new Transition(
        session,
        longer.in(next).signed(event.serve().commit().gen()).with(event.token()).with(event.qos()),
        Rules.evidence(
            session, "SESSION_EXTENDED", next, Rules.about(event.serve()), Why.PROCEDURE, now),
        Rules.gateThenAnchor(event.serve(), next.serving().anchor()));
  }

  private SessionState.Active renew(Session session, SignedCommit serve, Instant now) {
    if (!(session.state() instanceof SessionState.Active active)) {
      throw new IllegalMove(Rules.STATE);
    }
    Lease.Serving serving = active.serving();
    IllegalMove.unless(now.isBefore(terms.cutoff(serving.expiresAt())), Rules.LATE);
    Rules.requireGrant(session, serve, CommitRole.SERVE, serving.id(), now);
    Rules.requireAnchor(serve, serving.anchor());
    IllegalMove.unless(!serve.commit().expiresAt().isBefore(serving.expiresAt()), Rules.MISMATCH);
    return new SessionState.Active(
        new Lease.Serving(serve, serving.anchor()), active.draining(), active.removing());
  }
}
