package io.aipaging.aipf.renewal;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.renewal.RenewalOutcome.NotRenewable;
import io.aipaging.aipf.renewal.RenewalOutcome.QosNotExtended;
import io.aipaging.aipf.renewal.RenewalOutcome.Renewed;
import io.aipaging.aipf.renewal.RenewalOutcome.Unknown;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two clocks (lease-protocol §5, Renew): clients extend the session, the AIPF renews the lease.
 * Durable first, then delivered. A lease too near its end is refused: it never comes back.
 */
public final class RenewProcedure {
  private static final int RACES_MAX = 64;

  /** Tokens count in whole seconds: a shorter one would be over when it is signed. */
  private static final String TOO_LATE = "TOO_LATE";

  private static final Duration TOKEN_LIFE_MIN = Duration.ofSeconds(2);

  private final Leases leases;
  private final CommitIssuer issuer;
  private final Enforcement enforcement;
  private final LeaseTerms terms;
  private final Delivery delivery;

  /** A procedure over these. */
  public RenewProcedure(
      Leases leases,
      CommitIssuer issuer,
      Enforcement enforcement,
      LeaseTerms terms,
      Delivery delivery) {
    this.leases = leases;
    this.issuer = issuer;
    this.enforcement = enforcement;
    this.terms = terms;
    this.delivery = delivery;
  }

  /**
   * The AIPF renews the lease of a session by itself.
   *
   * @param session as it was read just now; when it has moved since, nothing is done
   * @return the session afterwards; empty when it is gone
   */
  public Optional<Session> renewLease(Session session) {
    if (!(session.state() instanceof Active active)) {
      return Optional.of(session);
    }
    Lease.Serving old = active.serving();
    if (!leases.now().isBefore(terms.cutoff(old.expiresAt()))) {
      return Optional.of(session);
    }
    var serve = issuer.renew(session, old, session.expiresAt(), leases.now());
    try {
      Leases.Moved renewed = leases.append(session, new SessionEvent.LeaseRenewed(serve));
      return Optional.of(
          delivery.deliver(renewed.session(), renewed.effects(), terms.cutoff(old.expiresAt())));
    } catch (NotAppended e) {
      return leases.find(
          session.id()); // somebody else moved it, or it is too late: the row decides
    }
  }

  /**
   * The client extends its session to {@code duration} from now; never shortens, cut at the
   * session's maximum.
   *
   * @param duration wanted length, or null for the default
   * @throws Refusal 504 {@code TIMED_OUT_REQUEST} when enforcers cannot be told before {@code
   *     deadline}; they are still being told
   */
  public RenewalOutcome extend(SessionId id, @Nullable Duration duration, Instant deadline) {
    Duration length = duration == null ? terms.session() : duration;
    for (int race = 0; race < RACES_MAX; race++) {
      Optional<Session> found = leases.find(id);
      if (found.isEmpty()) {
        return new Unknown();
      }
      Session session = found.get();
      Duration left = Duration.between(leases.now(), deadline);
      if (session.state() instanceof Relocating && left.isPositive()) {
        var _ = leases.awaitChange(session, left);
        continue;
      }
      if (!(session.state() instanceof Active active)) {
        return new NotRenewable("INCOMPATIBLE_STATE");
      }
      try {
        return extend(session, active.serving(), length, deadline);
      } catch (NotAppended e) {
        if (!e.stale()) {
          return new NotRenewable(e.problemCause());
        }
      }
    }
    throw new IllegalStateException("the session changed too often to be renewed");
  }

  private boolean tooLate(Lease.Serving old, Instant end, Instant now) {
    return !now.isBefore(terms.cutoff(old.expiresAt())) || !now.isBefore(end.minus(TOKEN_LIFE_MIN));
  }

  private RenewalOutcome extend(
      Session session, Lease.Serving old, Duration length, Instant deadline) throws NotAppended {
    Instant now = leases.now();
    Instant end = newEnd(session, now.plus(length));
    if (tooLate(old, end, now)) {
      return new NotRenewable(TOO_LATE);
    }
    QosStanding qos;
    try {
      qos = extendQos(session, end, deadline); // 1 the core's own clock follows the session
    } catch (Refusal e) {
      return new QosNotExtended(e.status(), e.problemCause());
    }
    Instant signedAt = leases.now();
    if (tooLate(old, end, signedAt)) { // the core took its time
      return new NotRenewable(TOO_LATE);
    }
    var serve = issuer.renew(session, old, end, signedAt);
    var token = issuer.token(session, end, signedAt);
    Leases.Moved extended =
        leases.append(session, new SessionEvent.Extended(end, serve, token, qos)); // 2 durable
    Duration patience = Duration.between(leases.now(), deadline);
    Session delivered = // 3 delivered, also when the client no longer waits
        enforcement
            .start(
                () ->
                    delivery.current(
                        delivery.deliver(
                            extended.session(), extended.effects(), terms.cutoff(old.expiresAt()))))
            .peek(patience);
    return delivered.token() == null
        ? new NotRenewable("INCOMPATIBLE_STATE")
        : new Renewed(delivered);
  }

  private static Instant newEnd(Session session, Instant wanted) {
    Instant max = session.facts().expiresAtMax();
    Instant cut = wanted.isBefore(max) ? wanted : max;
    return cut.isAfter(session.expiresAt()) ? cut : session.expiresAt();
  }

  private QosStanding extendQos(Session session, Instant end, Instant deadline) {
    if (!session.qos().bound()) {
      return session.qos();
    }
    String ref = session.facts().bindingRef();
    try {
      return enforcement
          .start(() -> enforcement.confirmQos(ref, end, deadline))
          .join(Duration.between(leases.now(), deadline));
    } catch (Refusal e) {
      if (session.facts().service().qos().demand() == QosTerms.Demand.REQUIRED) {
        throw e;
      }
      return QosStanding.refused(e.problemCause());
    }
  }
}
