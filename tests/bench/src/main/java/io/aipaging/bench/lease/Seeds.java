package io.aipaging.bench.lease;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.intent.IntentResolver;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Decision;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseRules;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.paging.CatalogServices;
import io.aipaging.aipf.paging.ServiceDirectory.Found;
import io.aipaging.aipf.selection.AnchorSelection;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TokenSigning;
import io.aipaging.protocol.UeAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Sessions as pages make them, by the product's own rules, without paging them. */
final class Seeds {
  static final String SET = "aipf-set-1";
  static final String GATE = "n6-gate";
  static final String CONSUMER = "bench";
  static final Intent INTENT = new Intent(null, "EMBEDDING", null, null, null, null, null);
  private static final QosStanding QOS = QosStanding.enforcement("CONFIRMED");
  private final LeaseTerms terms;
  private final LeaseMachine machine;
  private final CommitIssuer issuer;
  private final SessionFacts.Service service;
  private final LeaseAnchor anchor;

  Seeds(Catalog catalog, LeaseTerms terms, TokenSigning keys) {
    this.terms = terms;
    this.machine = new LeaseMachine(terms);
    this.issuer = new CommitIssuer(SET, keys, terms, Ids.random());
    this.service = service(catalog);
    this.anchor = CatalogServices.anchor(catalog.anchors().getFirst());
  }

  private static SessionFacts.Service service(Catalog catalog) {
    CatalogServices services =
        new CatalogServices(
            catalog,
            new IntentResolver(catalog, LiveAipf.NO_SENTENCES),
            new AnchorSelection(id -> Optional.empty()));
    return switch (services.find(INTENT)) {
      case Found.Resolved(SessionFacts.Service found) -> found;
      case Found.NotResolvable(String detail) -> throw new IllegalStateException(detail);
    };
  }

  /** Id of the n-th session: of the form of real ones, and as spread. */
  static SessionId id(long number) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(mixed(number)).putLong(mixed(~number)).array();
    return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static long mixed(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Address of the UE of the n-th session, n below 2^24. */
  static String ue(long number) {
    return "10." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  /** Address of a UE that pages by itself, n below 2^24. */
  static String pagedUe(long number) {
    return "11." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
  }

  /** The three transitions of the n-th session's page at {@code now}, until {@code end}. */
  List<Transition> page(long number, Instant now, Instant end) {
    SessionFacts facts = facts(number, now);
    Transition begun =
        machine.begin(facts, new LeaseRules.Beginning(end, now.plusSeconds(10), CONSUMER), now);
    Lease.Held hold =
        new Lease.Held(new LeaseId(facts.id().value()), anchor, now.plus(terms.holdTtl()));
    SignedCommit serve = issuer.serve(begun.after(), hold, QOS, now);
    Transition committed = legal(begun.after(), new SessionEvent.Committed(hold, serve, QOS), now);
    Transition active =
        legal(
            committed.after(),
            new SessionEvent.Activated(issuer.token(committed.after(), end, now), QOS),
            now);
    return List.of(begun, committed, active);
  }

  private SessionFacts facts(long number, Instant now) {
    SessionId id = id(number);
    String pseudonym = id.value();
    return new SessionFacts(
        id,
        new SessionFacts.Origin(CONSUMER, null, "0".repeat(64), CONSUMER),
        new SessionFacts.Subscriber(UeAddress.parse(ue(number)), null, null, null),
        service,
        new SessionFacts.Client(CONSUMER, pseudonym, new Confirmation.UeAddressHash(pseudonym)),
        SessionFacts.bindingRef(id),
        pseudonym,
        now,
        now.plus(terms.sessionMax()));
  }

  /** The next COMMIT of an ACTIVE session. */
  SignedCommit renewed(Session session, Instant now) {
    return issuer.renew(session, active(session).serving(), session.expiresAt(), now);
  }

  /** The renewal of an ACTIVE session by {@code serve}. */
  Transition renewal(Session session, SignedCommit serve, Instant now) {
    return legal(session, new SessionEvent.LeaseRenewed(serve), now);
  }

  private static Active active(Session session) {
    if (session.state() instanceof Active active) {
      return active;
    }
    throw new IllegalStateException("a session is no longer active");
  }

  private Transition legal(Session session, SessionEvent event, Instant now) {
    return switch (machine.decide(session, event, now)) {
      case Decision.Legal(Transition transition) -> transition;
      case Decision.Illegal(String cause) -> throw new IllegalStateException(cause);
    };
  }
}
