package io.aipaging.aexf.admission;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;

/**
 * A lease this anchor admits traffic for.
 *
 * @param lease lease
 * @param session session
 * @param aisi AI service
 * @param gen generation obeyed
 * @param role {@code SERVE} or {@code DRAIN}
 * @param anchor the anchor as the COMMIT names it
 * @param flow the only traffic it is about
 * @param expiresAt {@code exp_ms} of the COMMIT
 * @param deadlineNanos boot time at which it stops by itself, ns
 */
public record LiveLease(
    LeaseId lease,
    SessionId session,
    Aisi aisi,
    long gen,
    CommitRole role,
    AnchorRef anchor,
    Flow flow,
    Instant expiresAt,
    long deadlineNanos) {
  public LiveLease {
    if (role == CommitRole.END) {
      throw new IllegalArgumentException("an ended lease is not live");
    }
  }

  static LiveLease of(Commit commit, long deadlineNanos) {
    return new LiveLease(
        commit.lease(),
        commit.session(),
        commit.aisi(),
        commit.gen(),
        commit.role(),
        commit.anchor(),
        commit.flow(),
        commit.expiresAt(),
        deadlineNanos);
  }

  /** Whether it takes no new connections. */
  public boolean draining() {
    return role == CommitRole.DRAIN;
  }

  /** This lease or the same once more, whichever stops first: a repeat never lengthens. */
  LiveLease noLongerThan(LiveLease again) {
    return deadlineNanos - again.deadlineNanos() <= 0 ? this : again;
  }

  AdmittedLease answer(Duration left) {
    return new AdmittedLease(lease.value(), session.value(), gen, role.wire(), left.toMillis());
  }

  EnforcedLease listed() {
    ServiceEndpoint service = flow.service();
    return new EnforcedLease(
        lease.value(),
        session.value(),
        aisi.toString(),
        gen,
        role.wire(),
        expiresAt,
        anchor.id(),
        anchor.dnai(),
        anchor.endpoint().toString(),
        flow.ue().toString(),
        new ServiceAddress(
            service.address().getHostAddress(), service.protocol().name(), service.port()));
  }

  boolean isOverAt(long bootNanos) {
    return deadlineNanos - bootNanos <= 0;
  }
}
