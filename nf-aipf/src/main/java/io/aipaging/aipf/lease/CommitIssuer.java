package io.aipaging.aipf.lease;

import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistSigner;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.TokenSigning;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs what a session needs next. What it signs is worth nothing until an append has made it
 * durable: nobody gets it before (L1.5). Thread-safe.
 */
public final class CommitIssuer {
  private static final String SCOPE = "infer";
  private final String issuer;
  private final CommitSigner commits;
  private final AistSigner tokens;
  private final LeaseTerms terms;
  private final Ids ids;

  /**
   * An issuer.
   *
   * @param issuer id of the AIPF Set
   */
  public CommitIssuer(String issuer, TokenSigning keys, LeaseTerms terms, Ids ids) {
    this.issuer = issuer;
    this.commits = new CommitSigner(keys);
    this.tokens = new AistSigner(keys);
    this.terms = terms;
    this.ids = ids;
  }

  /** The first {@code serve} of a held slot. */
  public SignedCommit serve(Session session, Lease.Held hold, QosStanding qos, Instant now) {
    Instant end = terms.leaseEnd(now, session.expiresAt());
    return grant(
        session,
        hold.id(),
        hold.anchor(),
        new Grant(CommitRole.SERVE, end, qos(session, qos)),
        now);
  }

  /** The next {@code serve} of a serving lease in a session until {@code sessionEnd}. */
  public SignedCommit renew(Session session, Lease.Serving lease, Instant sessionEnd, Instant now) {
    Instant end = later(terms.leaseEnd(now, sessionEnd), lease.expiresAt());
    return again(session, lease, CommitRole.SERVE, end, now);
  }

  /** A {@code drain}: until the drain's end or the lease's, whichever is first. */
  public SignedCommit drain(Session session, Lease.Serving lease, Instant now) {
    Instant drained = now.plus(terms.drain()).truncatedTo(ChronoUnit.MILLIS);
    Instant end = drained.isBefore(lease.expiresAt()) ? drained : lease.expiresAt();
    return again(session, lease, CommitRole.DRAIN, end, now);
  }

  /** A new {@code serve} of a lease that was draining: never longer than it was. */
  public SignedCommit serveAgain(Session session, Lease.Draining lease, Instant now) {
    return again(session, lease, CommitRole.SERVE, lease.servedUntil(), now);
  }

  /**
   * The {@code end} of one lease.
   *
   * @param gen its generation: the session's next, or the one after it where another COMMIT is
   *     signed in the same step
   */
  public SignedCommit endLease(Session session, Lease.Live lease, long gen, Instant now) {
    return sign(commit(session, lease, lease.anchor().enforcers(), gen, EndScope.LEASE, now));
  }

  /** The {@code end} of the whole session, or null when no COMMIT was ever durable. */
  public @Nullable SignedCommit endSession(Session session, Instant now) {
    if (session.gen() == 0 || session.state() instanceof SessionState.Ending) {
      return null;
    }
    List<Lease> leases = new ArrayList<>(session.state().live());
    leases.addAll(session.state().removing());
    if (leases.isEmpty()) {
      return null;
    }
    Set<String> enforcers = new LinkedHashSet<>();
    leases.forEach(lease -> enforcers.addAll(lease.anchor().enforcers()));
    return sign(
        commit(
            session,
            leases.getFirst(),
            List.copyOf(enforcers),
            session.nextGen(),
            EndScope.SESSION,
            now,
            refuses(leases)));
  }

  /** The {@code end} of what nobody wants. It is in no row: it grants nothing, it only takes. */
  public SignedCommit endOrphan(Orphan orphan, Instant now) {
    return sign(
        new Commit(
            issuer,
            List.of(orphan.enforcerId()),
            ids.next(),
            orphan.lease(),
            orphan.session(),
            orphan.about().aisi(),
            orphan.gen(),
            CommitRole.END,
            orphan.scope(),
            now.truncatedTo(ChronoUnit.SECONDS),
            notBefore(now),
            orphan.until(),
            orphan.about().anchor(),
            orphan.about().flow(),
            QosGrant.NONE));
  }

  /** The client's token, until the session's end and not a second longer. */
  public SignedToken token(Session session, Instant sessionEnd, Instant now) {
    SessionFacts.Client client = session.facts().client();
    Instant issuedAt = now.truncatedTo(ChronoUnit.SECONDS);
    Aist aist =
        new Aist(
            issuer,
            client.subject(),
            client.clientId(),
            session.facts().service().aisi(),
            session.id(),
            SCOPE,
            client.confirmation(),
            issuedAt,
            sessionEnd.truncatedTo(ChronoUnit.SECONDS),
            ids.next());
    return new SignedToken(tokens.sign(aist));
  }

  private record Grant(CommitRole role, Instant end, QosGrant qos) {}

  private SignedCommit again(
      Session session, Lease.Live lease, CommitRole role, Instant end, Instant now) {
    Grant grant = new Grant(role, end, lease.commit().commit().qos());
    return grant(session, lease.id(), lease.anchor(), grant, now);
  }

  private SignedCommit grant(
      Session session, LeaseId lease, LeaseAnchor anchor, Grant grant, Instant now) {
    return sign(
        new Commit(
            issuer,
            anchor.enforcers(),
            ids.next(),
            lease,
            session.id(),
            session.facts().service().aisi(),
            session.nextGen(),
            grant.role(),
            null,
            now.truncatedTo(ChronoUnit.SECONDS),
            notBefore(now),
            grant.end(),
            anchor.ref(),
            session.facts().flow(),
            grant.qos()));
  }

  private Commit commit(
      Session session, Lease.Live lease, List<String> to, long gen, EndScope scope, Instant now) {
    return commit(session, lease, to, gen, scope, now, refuses(List.of(lease)));
  }

  private Commit commit(
      Session session,
      Lease lease,
      List<String> enforcers,
      long gen,
      EndScope scope,
      Instant now,
      Instant refusesUntil) {
    return new Commit(
        issuer,
        enforcers,
        ids.next(),
        lease.id(),
        session.id(),
        session.facts().service().aisi(),
        gen,
        CommitRole.END,
        scope,
        now.truncatedTo(ChronoUnit.SECONDS),
        notBefore(now),
        refusesUntil,
        lease.anchor().ref(),
        session.facts().flow(),
        QosGrant.NONE);
  }

  /** Its fence must outlive every COMMIT the {@code end} refuses, a drained {@code serve} too. */
  private static Instant refuses(List<? extends Lease> leases) {
    return leases.stream()
        .map(lease -> lease instanceof Lease.Live live ? live.lastUntil() : lease.expiresAt())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private SignedCommit sign(Commit commit) {
    return new SignedCommit(commit, commits.sign(commit));
  }

  /** Early enough for an enforcer whose clock is {@code skewBound} behind; whole seconds. */
  private Instant notBefore(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS)
        .minus(terms.skewBound())
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static QosGrant qos(Session session, QosStanding standing) {
    QosTerms terms = session.facts().service().qos();
    return standing.bound() ? terms.bound(session.facts().bindingRef()) : terms.unbound();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
