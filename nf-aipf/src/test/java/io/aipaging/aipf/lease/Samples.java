package io.aipaging.aipf.lease;

import io.aipaging.aipf.lease.SessionFacts.Client;
import io.aipaging.aipf.lease.SessionFacts.Origin;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.lease.SessionFacts.Subscriber;
import io.aipaging.openapi.paging.AiServiceProfile;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Sessions in every state, made by legal moves only. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00.500Z");
  static final LeaseTerms TERMS = LeaseTerms.DEFAULT;
  static final LeaseAnchor A = anchor("anchor-a", 1);
  static final LeaseAnchor B = anchor("anchor-b", 2);
  private static final AtomicLong NUMBER = new AtomicLong();
  static final CommitIssuer ISSUER =
      new CommitIssuer("aipf-set-1", SigningKeys.generate(), TERMS, Samples::id);
  static final String RUNNER = "runner-1";
  static final LeaseMachine MACHINE = new LeaseMachine(TERMS);
  static final EndCause RELEASE = new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST");

  private Samples() {}

  static String id() {
    return "sample-" + NUMBER.incrementAndGet();
  }

  static LeaseAnchor anchor(String id, int host) {
    return new LeaseAnchor(
        new AnchorRef(id, "dnai-" + id, TransportAddress.parse("10.60.0." + host + ":8000")),
        "agent-" + id,
        "gate-1");
  }

  static SessionFacts facts(String id, String ue, String consumer, String key) {
    AiServiceProfile profile =
        new AiServiceProfile(
            "EMBEDDING",
            "TEXT",
            "STANDARD",
            200,
            400,
            0.99,
            List.of(),
            0,
            null,
            "NONE",
            "REQUIRED");
    Service service =
        new Service(
            Aisi.parse("urn:aisi:example.org:embedding:standard:1"),
            profile,
            0.9,
            ServiceEndpoint.of("203.0.113.10", "TCP", 8000),
            "http://203.0.113.10:8000/v1",
            new QosTerms(QosTerms.Demand.REQUIRED, new QosGrant(null, "qos-ai", null, null, null)));
    return new SessionFacts(
        new SessionId(id),
        new Origin(consumer, key, "00", "af-1"),
        new Subscriber(UeAddress.parse(ue), null, null, null),
        service,
        new Client("af-1", "pseudonym-1", new Confirmation.DpopKey("thumbprint-1")),
        "binding-" + id,
        "subject-1",
        NOW,
        NOW.plus(TERMS.sessionMax()));
  }

  static Transition begin(SessionFacts facts) {
    return MACHINE.begin(
        facts,
        new LeaseRules.Beginning(NOW.plus(TERMS.session()), NOW.plusSeconds(5), RUNNER),
        NOW);
  }

  static Session preparing() {
    return begin(facts(id(), "10.45.0.2", "nef-1", null)).after();
  }

  static Lease.Held hold(LeaseAnchor anchor) {
    return new Lease.Held(new LeaseId(id()), anchor, NOW.plus(TERMS.holdTtl()));
  }

  static SessionEvent committed(Session session, Instant now) {
    Lease.Held hold = hold(A);
    QosStanding qos = QosStanding.enforcement("ACCEPTED");
    return new SessionEvent.Committed(hold, ISSUER.serve(session, hold, qos, now), qos);
  }

  static Session preparingCommitted() {
    Session session = preparing();
    return after(session, committed(session, NOW), NOW);
  }

  static SessionEvent activated(Session session, Instant now) {
    return new SessionEvent.Activated(
        ISSUER.token(session, session.expiresAt(), now), session.qos());
  }

  static Session active() {
    Session session = preparingCommitted();
    return after(session, activated(session, NOW), NOW);
  }

  static Session decided() {
    return after(active(), moveDecided("TEST"), NOW);
  }

  static SessionEvent targetCommitted(Session session, Instant now) {
    Lease.Held hold = hold(B);
    return new SessionEvent.TargetCommitted(hold, ISSUER.serve(session, hold, session.qos(), now));
  }

  static Session targetCommitted() {
    Session session = decided();
    return after(session, targetCommitted(session, NOW), NOW);
  }

  static SessionEvent switched(Session session, Instant now) {
    Lease.Serving old =
        session.state().live().stream()
            .filter(Lease.Serving.class::isInstance)
            .map(Lease.Serving.class::cast)
            .findFirst()
            .orElseGet(() -> serving(session));
    return new SessionEvent.Switched(ISSUER.drain(session, old, now));
  }

  static Session switched() {
    Session session = targetCommitted();
    return after(session, switched(session, NOW), NOW);
  }

  static SessionEvent switchedBack(Session session, Instant now) {
    Lease.Live first = newest(session);
    Lease.Draining old =
        session.state().live().stream()
            .filter(Lease.Draining.class::isInstance)
            .map(Lease.Draining.class::cast)
            .findFirst()
            .orElseGet(() -> new Lease.Draining(first.commit(), first.commit(), first.anchor()));
    return new SessionEvent.SwitchedBack(
        "TEST",
        ISSUER.serveAgain(session, old, now),
        ISSUER.endLease(session, first, session.nextGen() + 1, now));
  }

  static Session switchedBack() {
    Session session = switched();
    return after(session, switchedBack(session, NOW), NOW);
  }

  static Session draining() {
    return after(switched(), new SessionEvent.Moved(), NOW);
  }

  /** The target is ready, and the core has not said yet that it has changed the path. */
  static Session waiting() {
    Session decided = after(active(), moveDecided("TEST", true), NOW);
    return after(decided, targetCommitted(decided, NOW), NOW);
  }

  static SessionEvent pathChanged() {
    return new SessionEvent.PathChanged(
        new SessionState.Errand("TEST", RUNNER, NOW.plusSeconds(5), false));
  }

  static SessionEvent moveDecided(String trigger) {
    return moveDecided(trigger, false);
  }

  static SessionEvent moveDecided(String trigger, boolean awaitsCore) {
    return new SessionEvent.MoveDecided(
        new SessionState.Errand(trigger, RUNNER, NOW.plusSeconds(5), awaitsCore));
  }

  static SessionEvent drainEnded(Session session, Instant now) {
    Lease.Live last = oldest(session);
    return new SessionEvent.DrainEnded(
        ISSUER.endLease(session, last, session.nextGen(), now), "DRAINED");
  }

  static Session removing() {
    Session session = draining();
    return after(session, drainEnded(session, NOW), NOW);
  }

  static SessionEvent ended(Session session, EndCause cause, Instant now) {
    return new SessionEvent.Ended(cause, ISSUER.endSession(session, now), List.of(), RUNNER);
  }

  static Session ending() {
    Session session = active();
    return after(session, ended(session, RELEASE, NOW), NOW);
  }

  static Session terminal() {
    return after(ending(), new SessionEvent.Finished(), NOW);
  }

  static SessionEvent renewed(Session session, Instant now) {
    return new SessionEvent.LeaseRenewed(
        ISSUER.renew(session, serving(session), session.expiresAt(), now));
  }

  static SessionEvent extended(Session session, Duration by, Instant now) {
    Instant end = session.expiresAt().plus(by);
    return new SessionEvent.Extended(
        end,
        ISSUER.renew(session, serving(session), end, now),
        ISSUER.token(session, end, now),
        session.qos());
  }

  static SessionEvent keptOldPath(Session session, Instant now) {
    SignedCommit end =
        session.state() instanceof SessionState.Relocating relocating
                && relocating.move() instanceof SessionState.Move.TargetCommitted move
            ? ISSUER.endLease(session, move.target(), session.nextGen(), now)
            : null;
    return new SessionEvent.KeptOldPath("TEST", end);
  }

  /** Any lease, as if it served: for events that must be refused. */
  static Lease.Serving serving(Session session) {
    Lease.Live newest = newest(session);
    return new Lease.Serving(newest.commit(), newest.anchor());
  }

  private static Lease.Live newest(Session session) {
    return session.state().live().isEmpty()
        ? active().state().live().getFirst()
        : session.state().live().getFirst();
  }

  private static Lease.Live oldest(Session session) {
    return session.state().live().isEmpty()
        ? active().state().live().getLast()
        : session.state().live().getLast();
  }

  static Session after(Session session, SessionEvent event, Instant now) {
    return legal(session, event, now).after();
  }

  static Transition legal(Session session, SessionEvent event, Instant now) {
    return switch (MACHINE.decide(session, event, now)) {
      case Decision.Legal(Transition transition) -> transition;
      case Decision.Illegal(String cause) ->
          throw new AssertionError(event.getClass().getSimpleName() + " refused: " + cause);
    };
  }
}
