package io.aipaging.aipf.sbi;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedToken;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.openapi.paging.SessionQos;
import io.aipaging.openapi.paging.SessionToken;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.ServiceEndpoint;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Renders sessions as naipf-paging shows them: no COMMIT, no SUPI, a token only where it belongs.
 */
final class SessionView {
  private SessionView() {}

  static io.aipaging.openapi.paging.Session withoutToken(Session session) {
    return view(session, null);
  }

  static io.aipaging.openapi.paging.Session withToken(Session session) {
    SignedToken token = session.token();
    return view(session, token == null ? null : token(session, token));
  }

  private static io.aipaging.openapi.paging.Session view(
      Session session, @Nullable SessionToken token) {
    SessionFacts facts = session.facts();
    SessionFacts.Service service = facts.service();
    EndCause cause = cause(session.state());
    return new io.aipaging.openapi.paging.Session(
        session.id().value(),
        facts.origin().afId(),
        session.state().name(),
        cause == null ? null : cause.reason().name(),
        facts.subscriber().ue().toString(),
        service.aisi().toString(),
        service.profile(),
        service.confidence(),
        address(service.address()),
        service.uri(),
        session.expiresAt(),
        facts.expiresAtMax(),
        qos(session.qos(), service),
        leases(session.state()),
        token);
  }

  private static @Nullable EndCause cause(SessionState state) {
    return switch (state) {
      case SessionState.Ending ending -> ending.cause();
      case SessionState.Terminal terminal -> terminal.cause();
      default -> null;
    };
  }

  private static ServiceAddress address(ServiceEndpoint endpoint) {
    return new ServiceAddress(
        endpoint.address().getHostAddress(), endpoint.protocol().name(), endpoint.port());
  }

  private static SessionQos qos(QosStanding standing, SessionFacts.Service service) {
    return new SessionQos(
        standing.status().name(), service.qos().grant().qosReference(), standing.cause());
  }

  private static List<SessionLease> leases(SessionState state) {
    if (!state.live().isEmpty()) {
      return state.live().stream().map(lease -> lease(lease, null)).toList();
    }
    Lease.Ended last =
        switch (state) {
          case SessionState.Terminal terminal -> terminal.last();
          default -> state.removing().isEmpty() ? null : state.removing().getFirst();
        };
    return last == null ? List.of() : List.of(lease(last, last.reason().name()));
  }

  private static SessionLease lease(Lease lease, @Nullable String endReason) {
    return new SessionLease(
        lease.id().value(),
        lease.anchor().id(),
        lease.anchor().ref().dnai(),
        lease.name(),
        lease.gen(),
        lease.expiresAt(),
        endReason);
  }

  /** A token ends with the second in which its session does, see {@code CommitIssuer#token}. */
  private static SessionToken token(Session session, SignedToken token) {
    Confirmation confirmation = session.facts().client().confirmation();
    return new SessionToken(
        token.jws(),
        confirmation instanceof Confirmation.DpopKey ? "DPoP" : "Bearer",
        session.expiresAt().truncatedTo(ChronoUnit.SECONDS));
  }
}
