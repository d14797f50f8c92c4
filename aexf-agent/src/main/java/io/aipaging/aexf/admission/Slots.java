package io.aipaging.aexf.admission;

import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The anchor's slots: who holds or uses each. One lease has at most one slot, held or used, so it
 * is counted exactly once whatever happens in which order; how a hold was resolved is remembered
 * for a while, so that a second resolution can be told what the first was. Pure rules, not
 * thread-safe.
 */
final class Slots {
  private static final int RESOLUTIONS_MAX = 10_000;

  private final int total;
  private final Map<LeaseId, Slot> slots = new HashMap<>();
  private final Map<LeaseId, Resolution> resolutions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LeaseId, Resolution> eldest) {
          return size() > RESOLUTIONS_MAX;
        }
      };

  Slots(int total) {
    this.total = total;
  }

  /** A slot in use. */
  sealed interface Slot {
    SessionId session();

    long deadlineNanos();

    /** Promised to a lease that is not posted yet. */
    record Held(SessionId session, Aisi aisi, Instant expiresAt, long deadlineNanos)
        implements Slot {
      boolean isFor(SessionId wantedSession, Aisi wantedAisi) {
        return session.equals(wantedSession) && aisi.equals(wantedAisi);
      }
    }

    /** Used by a live lease. */
    record Used(LiveLease lease) implements Slot {
      @Override
      public SessionId session() {
        return lease.session();
      }

      @Override
      public long deadlineNanos() {
        return lease.deadlineNanos();
      }
    }
  }

  /** What became of a hold. */
  enum Resolution {
    POSTED,
    RELEASED,
    EXPIRED,
    ENDED
  }

  int inUse() {
    return slots.size();
  }

  boolean hasFree() {
    return slots.size() < total;
  }

  @Nullable Slot of(LeaseId lease) {
    return slots.get(lease);
  }

  @Nullable Resolution resolutionOf(LeaseId lease) {
    return resolutions.get(lease);
  }

  /** Holds a free slot; the caller has seen that there is one and that the lease has none. */
  void hold(LeaseId lease, Slot.Held held) {
    if (!hasFree() || slots.putIfAbsent(lease, held) != null) {
      throw new IllegalStateException("a slot was given twice");
    }
    resolutions.remove(lease);
  }

  /** Posts a hold, renews a lease or takes a free slot, which the caller has checked. */
  void use(LiveLease lease) {
    Slot before = slots.put(lease.lease(), new Slot.Used(lease));
    if (slots.size() > total) {
      throw new IllegalStateException("more slots used than there are");
    }
    if (before instanceof Slot.Held) {
      resolutions.put(lease.lease(), Resolution.POSTED);
    }
  }

  /** Frees the slot of a lease, if it has one. */
  @Nullable Slot free(LeaseId lease, Resolution how) {
    Slot freed = slots.remove(lease);
    if (freed != null) {
      resolutions.put(lease, how);
    }
    return freed;
  }

  /** Frees every slot of a session. */
  void freeAll(SessionId session, Resolution how) {
    leasesWhere(slot -> slot.session().equals(session)).forEach(lease -> free(lease, how));
  }

  /** Frees what has run out; answers whose. */
  Set<SessionId> expire(long bootNanos) {
    List<LeaseId> over = leasesWhere(slot -> slot.deadlineNanos() - bootNanos <= 0);
    Set<SessionId> sessions = new java.util.HashSet<>();
    for (LeaseId lease : over) {
      Slot freed = free(lease, Resolution.EXPIRED);
      if (freed instanceof Slot.Used) {
        sessions.add(freed.session());
      }
    }
    return sessions;
  }

  /** The lease of a session that serves, else the one that drains, else null. */
  @Nullable LiveLease best(SessionId session) {
    LiveLease best = null;
    for (LiveLease lease : live()) {
      if (lease.session().equals(session)
          && (best == null || (best.draining() && !lease.draining()))) {
        best = lease;
      }
    }
    return best;
  }

  /** Whether another session has a live lease for this flow. */
  boolean flowIsOfAnother(Flow flow, SessionId session) {
    return live().stream()
        .anyMatch(lease -> lease.flow().equals(flow) && !lease.session().equals(session));
  }

  /** Every live lease. */
  Collection<LiveLease> live() {
    List<LiveLease> live = new ArrayList<>();
    for (Slot slot : slots.values()) {
      if (slot instanceof Slot.Used(LiveLease lease)) {
        live.add(lease);
      }
    }
    return live;
  }

  private List<LeaseId> leasesWhere(Predicate<Slot> wanted) {
    List<LeaseId> leases = new ArrayList<>();
    slots.forEach(
        (lease, slot) -> {
          if (wanted.test(slot)) {
            leases.add(lease);
          }
        });
    return leases;
  }
}
