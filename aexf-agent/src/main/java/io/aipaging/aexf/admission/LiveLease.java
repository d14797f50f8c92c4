package io.aipaging.aexf.admission;

import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Duration;

/**
 * A lease this anchor admits traffic for.
 *
 * @param lease lease
 * @param session session
 * @param aisi AI service
 * @param gen generation obeyed
 * @param role {@code SERVE} or {@code DRAIN}
 * @param flow the only traffic it is about
 * @param deadlineNanos boot time at which it stops by itself, ns
 */
public record LiveLease(
    LeaseId lease,
    SessionId session,
    Aisi aisi,
    long gen,
    CommitRole role,
    Flow flow,
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
        commit.flow(),
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

  boolean isOverAt(long bootNanos) {
    return deadlineNanos - bootNanos <= 0;
  }
}
