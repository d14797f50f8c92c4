package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;

/**
 * A lease this gate carries.
 *
 * @param role {@code SERVE} or {@code DRAIN}
 * @param expiresAt {@code exp_ms} of the COMMIT, or of the one before where that is earlier
 * @param deadlineNanos when the gate stops by itself, monotonic
 */
record CarriedLease(
    LeaseId lease,
    SessionId session,
    About about,
    Grant grant,
    long gen,
    CommitRole role,
    Instant expiresAt,
    long deadlineNanos) {

  /**
   * What its COMMITs say besides: an {@code end} signed for what is found here repeats it.
   *
   * @param aisi AI service
   * @param anchor where it leads
   * @param flow whose packets it is about
   */
  record About(Aisi aisi, AnchorRef anchor, Flow flow) {
    static About of(Commit commit) {
      return new About(commit.aisi(), commit.anchor(), commit.flow());
    }
  }

  Flow flow() {
    return about.flow();
  }

  Duration timeLeft(long nowNanos) {
    return Duration.ofNanos(deadlineNanos - nowNanos);
  }

  boolean isOver(long nowNanos) {
    return deadlineNanos - nowNanos <= 0;
  }

  /** The same lease, draining as ordered; never for longer than before. */
  CarriedLease draining(long drainGen, Instant drainExpiresAt, long drainDeadlineNanos) {
    boolean earlier = drainExpiresAt.isBefore(expiresAt);
    return new CarriedLease(
        lease,
        session,
        about,
        grant,
        drainGen,
        CommitRole.DRAIN,
        earlier ? drainExpiresAt : expiresAt,
        drainDeadlineNanos - deadlineNanos < 0 ? drainDeadlineNanos : deadlineNanos);
  }

  /** The same lease, which the kernel may carry for as long as {@code longer}. */
  CarriedLease lasting(CarriedLease longer) {
    return new CarriedLease(
        lease, session, about, grant, gen, role, longer.expiresAt(), longer.deadlineNanos());
  }
}
