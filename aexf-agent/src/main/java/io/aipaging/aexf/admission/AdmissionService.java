package io.aipaging.aexf.admission;

import io.aipaging.aexf.admission.Slots.Resolution;
import io.aipaging.aexf.admission.Slots.Slot;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.AnchorStatus;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.admission.Hold;
import io.aipaging.openapi.admission.LeaseList;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.admission.ReleaseHold;
import io.aipaging.openapi.admission.SetDrain;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionFence.Decision;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.protocol.enforcer.EnforcerClock.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Two-phase admission at one anchor (lease-protocol §5, §6). A hold reserves a slot and falls free
 * by itself; a {@code serve} COMMIT turns it into a lease; the lease ends by its own deadline
 * unless renewed, whoever else is alive. Every COMMIT is verified and fenced here. Thread-safe.
 */
public final class AdmissionService implements NaexfAdmission, LiveLeases {
  private final AnchorProfile anchor;
  private final CommitReader commits;
  private final EnforcerClock clock;
  private final AnchorLoad load;
  private final Alarm alarm;
  private final Slots slots;
  private final FenceKeeper fences;
  private final ReentrantLock lock = new ReentrantLock();
  private final LiveBoard board;
  private final LongAdder expired = new LongAdder();

  /**
   * A service that knows what its journal remembers.
   *
   * @param verifier expects this anchor's enforcer id
   * @param ports what it works with
   */
  public AdmissionService(
      AnchorProfile anchor, CommitVerifier verifier, EnforcerClock clock, Ports ports) {
    this.anchor = anchor;
    this.commits = new CommitReader(anchor, verifier, clock);
    this.clock = clock;
    this.load = ports.load();
    this.alarm = ports.alarm();
    this.board = new LiveBoard(clock);
    this.slots = new Slots(anchor.slots());
    this.fences = new FenceKeeper(ports.journal(), clock.skewBound(), clock.now().wall());
  }

  /** What the service works with. */
  public record Ports(FenceJournal journal, AnchorLoad load, Alarm alarm) {}

  /** Tells {@code watcher} of every change from now on. */
  public void watch(LeaseWatcher watcher) {
    board.watch(watcher);
  }

  @Override
  public @Nullable LiveLease find(SessionId session) {
    return board.find(session);
  }

  @Override
  public Duration remaining(LiveLease lease) {
    return board.remaining(lease);
  }

  @Override
  public Hold createHold(Call call, CreateHold request) {
    LeaseId lease = Requests.leaseId(request.leaseId());
    SessionId session = Requests.sessionId(request.sessionId());
    Aisi aisi = Requests.aisi(request.aisi());
    Duration ttl = Requests.ttl(request.ttlMs());
    if (!anchor.aisis().contains(aisi)) {
      throw Refusals.aisiNotServed();
    }
    Moment now = clock.now();
    lock.lock();
    try {
      expire(now.nanos());
      Slot slot = slots.of(lease);
      if (slot instanceof Slot.Held held && held.isFor(session, aisi)) {
        return new Hold(lease.value(), anchor.anchorId(), held.expiresAt());
      }
      if (slot != null) {
        throw Refusals.leaseInUse();
      }
      if (fences.draining() || !load.healthy() || !slots.hasFree()) {
        throw Refusals.noResources();
      }
      Instant expiresAt = now.wall().plus(ttl);
      long deadline = now.nanos() + ttl.toNanos();
      slots.hold(lease, new Slot.Held(session, aisi, expiresAt, deadline));
      wakeAt(deadline);
      return new Hold(lease.value(), anchor.anchorId(), expiresAt);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public NoContent releaseHold(Call call, ReleaseHold request) {
    LeaseId lease = Requests.leaseId(request.leaseId());
    lock.lock();
    try {
      if (slots.of(lease) instanceof Slot.Used) {
        throw Refusals.holdPosted();
      }
      slots.free(lease, Resolution.RELEASED);
      return NoContent.INSTANCE;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public AdmittedLease applyCommit(Call call, ApplyCommit request) {
    Moment receipt = clock.now();
    Commit commit = commits.read(request.commit(), call.sentAt(), receipt);
    lock.lock();
    try {
      expire(clock.nanos());
      Decision decision = fences.decide(commit, Crypto.sha256Hex(request.commit()));
      if (decision instanceof Decision.Refused(String rule)) {
        throw Refusals.stale(rule);
      }
      AdmittedLease answer =
          commit.role() == CommitRole.END
              ? end(commit, decision)
              : grant(
                  commit, decision, clock.deadline(receipt, commit.issuedAt(), commit.expiresAt()));
      fences.tidy(receipt.wall());
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private AdmittedLease grant(Commit commit, Decision decision, long deadline) {
    if (deadline - clock.nanos() <= 0) {
      throw Refusals.commitRejected("exp_ms is nearer than the skew margin");
    }
    if (slots.flowIsOfAnother(commit.flow(), commit.session())) {
      throw Refusals.flowInUse();
    }
    LiveLease lease = LiveLease.of(commit, deadline);
    boolean sameRole = false;
    if (slots.of(commit.lease()) instanceof Slot.Used(LiveLease before)) {
      Requests.sameSession(before.session(), commit.session());
      sameRole = before.role() == commit.role();
      lease = before.gen() == commit.gen() ? before.noLongerThan(lease) : lease;
    } else {
      requireSlot(commit);
    }
    fences.granted(commit, decision, !sameRole);
    slots.use(lease);
    publish(commit.session());
    wakeAt(lease.deadlineNanos());
    return lease.answer(remaining(lease));
  }

  private void requireSlot(Commit commit) {
    Slot slot = slots.of(commit.lease());
    if (slot instanceof Slot.Held held
        && commit.role() == CommitRole.SERVE
        && held.isFor(commit.session(), commit.aisi())) {
      return;
    }
    if (slot != null || !fences.mayReturn(commit)) {
      throw Refusals.holdNotFound(slots.resolutionOf(commit.lease()));
    }
    if (!slots.hasFree()) {
      throw Refusals.noResources();
    }
  }

  private AdmittedLease end(Commit commit, Decision decision) {
    // Traffic stops first; the caller hears of it only when the fence is on the disk.
    if (commit.endScope() == EndScope.SESSION) {
      slots.freeAll(commit.session(), Resolution.ENDED);
    } else {
      Slot slot = slots.of(commit.lease());
      if (slot != null && slot.session().equals(commit.session())) {
        slots.free(commit.lease(), Resolution.ENDED);
      }
    }
    publish(commit.session());
    fences.ended(commit, decision);
    return new AdmittedLease(
        commit.lease().value(), commit.session().value(), commit.gen(), commit.role().wire(), 0);
  }

  @Override
  public AnchorStatus getStatus(Call call, GetStatus request) {
    lock.lock();
    try {
      return status();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public AnchorStatus setDrain(Call call, SetDrain request) {
    lock.lock();
    try {
      fences.drain(request.draining());
      return status();
    } finally {
      lock.unlock();
    }
  }

  private AnchorStatus status() {
    expire(clock.nanos());
    return new AnchorStatus(
        anchor.anchorId(),
        anchor.enforcerId(),
        load.healthy(),
        fences.draining(),
        anchor.slots(),
        slots.inUse(),
        load.requestsInFlight());
  }

  @Override
  public LeaseList listLeases(Call call, ListLeases request) {
    lock.lock();
    try {
      expire(clock.nanos());
      return LeasePage.of(slots.live(), request).answer(anchor.anchorId());
    } finally {
      lock.unlock();
    }
  }

  /** Frees what has run out. Called by its own alarms; calling it more often does no harm. */
  public void sweep() {
    lock.lock();
    try {
      expire(clock.nanos());
    } finally {
      lock.unlock();
    }
  }

  /** Leases that are live now. */
  public int liveLeases() {
    return board.size();
  }

  /** Leases that ended by their own deadline since the start. */
  public long expiredLeases() {
    return expired.sum();
  }

  private void expire(long bootNanos) {
    Set<SessionId> over = slots.expire(bootNanos);
    expired.add(over.size());
    over.forEach(this::publish);
  }

  private void publish(SessionId session) {
    board.publish(session, slots.best(session));
  }

  private void wakeAt(long deadline) {
    alarm.after(
        Duration.ofNanos(deadline - clock.nanos()),
        () -> {
          // First without the lock: traffic does not wait for a COMMIT that is being synced.
          board.takeDownOverdue();
          sweep();
          if (deadline - clock.nanos() > 0) {
            wakeAt(deadline);
          }
        });
  }
}
