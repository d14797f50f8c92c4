package io.aipaging.aipf.world;

import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
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
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.TransportAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An anchor agent in memory: two-phase admission by verified COMMITs only. */
public final class FakeAnchor implements NaexfAdmission {
  private final String id;
  private final Enforcer enforcer;
  private final InstantSource clock;
  private final Faults faults;
  private final Map<LeaseId, Instant> holds = new HashMap<>();
  private volatile boolean healthy = true;
  private volatile boolean draining;
  private Set<LeaseId> returning = Set.of();

  private int slots = 4;

  FakeAnchor(String id, CommitVerifier verifier, InstantSource clock, Faults faults) {
    this.id = id;
    this.enforcer = new Enforcer(verifier, clock);
    this.clock = clock;
    this.faults = faults;
  }

  static String agentId(String anchorId) {
    return "agent-" + anchorId;
  }

  /** What the catalogue would say of it. */
  public LeaseAnchor inLeases() {
    return inLeases(id);
  }

  public static LeaseAnchor inLeases(String id) {
    int host = id.charAt(id.length() - 1);
    AnchorRef ref =
        new AnchorRef(id, "dnai-" + id, TransportAddress.parse("10.60.0." + host + ":8000"));
    return new LeaseAnchor(ref, agentId(id), FakeGate.ID);
  }

  @Override
  public Hold createHold(Call call, CreateHold request) {
    faults.called(id + ".createHold");
    Instant until = clock.instant().plusMillis(request.ttlMs());
    synchronized (this) {
      if (!healthy || draining || slotsHeld() >= slots) {
        throw Refusal.of(503, "INSUFFICIENT_RESOURCES", "no slot");
      }
      holds.put(new LeaseId(request.leaseId()), until);
    }
    faults.answering(id + ".createHold");
    return new Hold(request.leaseId(), id, until);
  }

  @Override
  public NoContent releaseHold(Call call, ReleaseHold request) {
    faults.called(id + ".releaseHold");
    synchronized (this) {
      LeaseId lease = new LeaseId(request.leaseId());
      if (enforcer.live().containsKey(lease)) {
        throw Refusal.of(409, "HOLD_POSTED", "the lease is live");
      }
      holds.remove(lease);
    }
    return NoContent.INSTANCE;
  }

  @Override
  public AdmittedLease applyCommit(Call call, ApplyCommit request) {
    Commit commit = enforcer.verify(request.commit());
    String point = id + ".apply" + commit.role();
    faults.called(point);
    synchronized (this) {
      boolean known = enforcer.live().containsKey(commit.lease());
      holds.values().removeIf(until -> !clock.instant().isBefore(until));
      if (commit.role() != CommitRole.END
          && !known
          && holds.remove(commit.lease()) == null
          && !returning.contains(commit.lease())) {
        throw Refusal.of(409, "HOLD_NOT_FOUND", "nothing is held for it");
      }
      enforcer.obey(List.of(request.commit()));
      if (commit.role() == CommitRole.END) {
        holds.remove(commit.lease());
      }
    }
    faults.answering(point);
    return new AdmittedLease(
        commit.lease().value(), commit.session().value(), commit.gen(), commit.role().wire(), 0);
  }

  @Override
  public AnchorStatus getStatus(Call call, GetStatus request) {
    faults.called(id + ".getStatus");
    return status();
  }

  private AnchorStatus status() {
    return new AnchorStatus(id, agentId(id), healthy, draining, slots, slotsHeld(), 0);
  }

  @Override
  public AnchorStatus setDrain(Call call, SetDrain request) {
    faults.called(id + ".setDrain");
    draining = request.draining();
    faults.answering(id + ".setDrain");
    return status();
  }

  @Override
  public LeaseList listLeases(Call call, ListLeases request) {
    faults.called(id + ".listLeases");
    Listing.Page page = Listing.page(live(), request.limit(), request.pageToken());
    faults.answering(id + ".listLeases");
    return new LeaseList(id, page.leases(), page.nextToken());
  }

  /** Whether its model server answers. */
  public void healthy(boolean is) {
    healthy = is;
  }

  synchronized boolean admits(Commit commit) {
    Commit held = enforcer.live().get(commit.lease());
    return healthy && held != null && held.gen() == commit.gen();
  }

  private synchronized Collection<Commit> live() {
    return List.copyOf(enforcer.live().values());
  }

  /** Something got in behind everybody's back. */
  public synchronized void plant(Commit commit) {
    enforcer.plant(commit);
  }

  /** Its process starts again: what it admitted is gone, its fences are not. */
  public synchronized void restart() {
    holds.clear();
    returning = Set.copyOf(enforcer.live().keySet());
    enforcer.restart();
  }

  /** Its process starts again on another disk. */
  public synchronized void restartWithoutJournal() {
    holds.clear();
    returning = Set.of();
    enforcer.restart();
    enforcer.forget();
  }

  /** The role of a lease here, or null. */
  public synchronized CommitRole roleOf(LeaseId lease) {
    Commit held = enforcer.live().get(lease);
    return held == null ? null : held.role();
  }

  /** The generation of a lease here; 0 when it has none. */
  public synchronized long genOf(LeaseId lease) {
    Commit held = enforcer.live().get(lease);
    return held == null ? 0 : held.gen();
  }

  /** Admits so many at once from now on; a new one admits four. */
  public synchronized void admits(int sessions) {
    slots = sessions;
  }

  /** Slots held or leased now. */
  public synchronized int slotsHeld() {
    holds.values().removeIf(until -> !clock.instant().isBefore(until));
    return holds.size() + enforcer.live().size();
  }
}
