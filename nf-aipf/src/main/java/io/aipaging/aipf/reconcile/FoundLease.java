package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Orphan;
import io.aipaging.aipf.lease.Session;
import io.aipaging.openapi.EnforcedLease;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A lease as an enforcer says it holds it.
 *
 * @param about what its COMMITs say besides
 * @param gen generation obeyed
 * @param expiresAt when it stops by itself at the latest
 */
record FoundLease(
    LeaseId lease, SessionId session, Orphan.About about, long gen, Instant expiresAt) {

  /** Reads an entry of a list; throws {@link IllegalArgumentException} when it makes no sense. */
  static FoundLease of(EnforcedLease entry) {
    return new FoundLease(
        new LeaseId(entry.leaseId()),
        new SessionId(entry.sessionId()),
        new Orphan.About(
            Aisi.parse(entry.aisi()),
            new AnchorRef(entry.anchorId(), entry.dnai(), TransportAddress.parse(entry.endpoint())),
            new Flow(
                UeAddress.parse(entry.ueAddress()),
                ServiceEndpoint.of(
                    entry.service().address(),
                    entry.service().protocol(),
                    entry.service().port()))),
        entry.gen(),
        entry.expiresAt());
  }

  /**
   * Whether {@code session} knows of it: as a lease that lives, or as one whose end is on its way.
   */
  boolean isOf(Session session) {
    return Stream.<Lease>concat(
            session.state().live().stream(), session.state().removing().stream())
        .anyMatch(known -> known.id().equals(lease) && known.gen() >= gen);
  }

  /** What to end at {@code enforcerId}, with a generation above everything known of it. */
  Orphan orphan(String enforcerId, EndScope scope, long rowGen) {
    return new Orphan(
        enforcerId, session, lease, about, Math.max(rowGen, gen) + 1, scope, expiresAt);
  }
}
