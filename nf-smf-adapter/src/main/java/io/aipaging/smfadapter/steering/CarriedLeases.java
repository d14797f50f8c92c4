package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the gate carries, by lease, by session, by flow and by deadline. Not thread-safe. */
final class CarriedLeases {
  private final NavigableMap<LeaseId, CarriedLease> leases = new TreeMap<>();
  private final Map<SessionId, Map<LeaseId, CarriedLease>> sessions = new HashMap<>();
  private final Map<Flow, SessionId> owners = new HashMap<>();
  private final PriorityQueue<CarriedLease> byDeadline =
      new PriorityQueue<>((a, b) -> Long.signum(a.deadlineNanos() - b.deadlineNanos()));

  @Nullable CarriedLease get(LeaseId lease) {
    return leases.get(lease);
  }

  /** The leases of a session, at most two. */
  Map<LeaseId, CarriedLease> of(SessionId session) {
    return Collections.unmodifiableMap(new TreeMap<>(sessions.getOrDefault(session, Map.of())));
  }

  /** Every lease, by id. */
  List<CarriedLease> all() {
    return List.copyOf(leases.values());
  }

  /** Some of them, by id: what follows {@code last}, or the first where that is null. */
  List<CarriedLease> after(@Nullable LeaseId last, int limit) {
    return (last == null ? leases : leases.tailMap(last, false))
        .values().stream().limit(limit).toList();
  }

  /** What the gate should carry now, a step per session. */
  List<SteeringStep> steps(long nowNanos) {
    return sessions.values().stream()
        .flatMap(leases -> StepPlan.keeping(leases.values(), nowNanos).stream())
        .map(step -> new SteeringStep(step.flow(), step.carried(), List.of()))
        .toList();
  }

  /** Every session with a lease. */
  List<SessionId> sessions() {
    return sessions.keySet().stream().sorted().toList();
  }

  /** The session that has a flow of which {@code flow} is a part, or which is a part of it. */
  Optional<SessionId> ownerOf(Flow flow) {
    if (flow.ue().address() instanceof Inet4Address) {
      return Optional.ofNullable(owners.get(flow));
    }
    return owners.entrySet().stream()
        .filter(entry -> overlap(entry.getKey(), flow))
        .map(Map.Entry::getValue)
        .findAny();
  }

  /** Replaces all leases of a session. */
  void set(SessionId session, Collection<CarriedLease> carried) {
    Map<LeaseId, CarriedLease> before = sessions.remove(session);
    if (before != null) {
      before.values().forEach(this::unlink);
    }
    if (!carried.isEmpty()) {
      Map<LeaseId, CarriedLease> now = new TreeMap<>();
      for (CarriedLease lease : carried) {
        now.put(lease.lease(), lease);
        leases.put(lease.lease(), lease);
        owners.put(lease.flow(), session);
        byDeadline.add(lease);
      }
      sessions.put(session, now);
    }
  }

  /** How many leases there are. */
  int size() {
    return leases.size();
  }

  /** Forgets the leases whose deadline has passed; answers how many. */
  int forgetOver(long nowNanos) {
    int forgotten = 0;
    for (CarriedLease first = byDeadline.peek();
        first != null && first.isOver(nowNanos);
        first = byDeadline.peek()) {
      LeaseId over = first.lease();
      List<CarriedLease> left = new ArrayList<>(of(first.session()).values());
      left.removeIf(lease -> lease.lease().equals(over));
      set(first.session(), left);
      forgotten++;
    }
    return forgotten;
  }

  private void unlink(CarriedLease lease) {
    leases.remove(lease.lease());
    owners.remove(lease.flow());
    byDeadline.remove(lease);
  }

  private static boolean overlap(Flow a, Flow b) {
    return a.service().equals(b.service())
        && (a.ue().contains(b.ue().address()) || b.ue().contains(a.ue().address()));
  }
}
