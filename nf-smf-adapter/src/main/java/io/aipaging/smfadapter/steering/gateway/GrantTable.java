package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Grants in force, by id and by flow, each ended by a timer at its deadline. Thread-safe. */
final class GrantTable implements AutoCloseable {
  private final Map<GrantId, LiveGrant> grants = new HashMap<>();
  private final Map<Flow, LiveGrant> selected = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("grant-expiry").factory());

  /** Carries out a step; what it ends is cut before this returns. */
  void apply(SteeringStep step) {
    List<LiveGrant> over = new ArrayList<>();
    synchronized (this) {
      selected.remove(step.flow());
      for (Carried carried : step.carried()) {
        LiveGrant live = carry(step.flow(), carried);
        if (carried.takesNew()) {
          selected.put(step.flow(), live);
        }
      }
      for (Grant ended : step.ended()) {
        LiveGrant live = grants.remove(ended.id());
        if (live != null) {
          over.add(live);
        }
      }
    }
    over.forEach(LiveGrant::end);
  }

  /** The grant that takes a new connection from {@code ue}. */
  synchronized Optional<LiveGrant> find(InetAddress ue, ServiceEndpoint service) {
    if (ue instanceof Inet4Address) {
      Flow flow = new Flow(new io.aipaging.protocol.UeAddress(ue, 32), service);
      return Optional.ofNullable(selected.get(flow)).filter(LiveGrant::isLive);
    }
    return selected.values().stream()
        .filter(LiveGrant::isLive)
        .filter(live -> live.flow().service().equals(service))
        .filter(live -> live.flow().ue().contains(ue))
        .findAny();
  }

  synchronized Optional<LiveGrant> get(GrantId id) {
    return Optional.ofNullable(grants.get(id)).filter(LiveGrant::isLive);
  }

  synchronized Set<GrantId> live() {
    Set<GrantId> live = new TreeSet<>();
    grants.forEach(
        (id, grant) -> {
          if (grant.isLive()) {
            live.add(id);
          }
        });
    return live;
  }

  /** Ends the grants that {@code which} accepts. */
  void end(Predicate<LiveGrant> which) {
    List<LiveGrant> over;
    synchronized (this) {
      over = grants.values().stream().filter(which).toList();
      over.forEach(this::remove);
    }
    over.forEach(LiveGrant::end);
  }

  private LiveGrant carry(Flow flow, Carried carried) {
    Grant grant = carried.grant();
    long deadline = System.nanoTime() + carried.timeLeft().toNanos();
    LiveGrant live = grants.get(grant.id());
    if (live == null || !live.isLive()) {
      if (live != null) {
        live.end();
      }
      live = new LiveGrant(flow, grant, deadline);
      grants.put(grant.id(), live);
    } else {
      live.deadlineNanos(deadline);
    }
    LiveGrant timed = live;
    var _ = timer.schedule(() -> expire(timed), carried.timeLeft().toNanos(), TimeUnit.NANOSECONDS);
    return live;
  }

  /** Every deadline a grant ever had wakes this; only the last one ends it. */
  private void expire(LiveGrant grant) {
    synchronized (this) {
      if (grant.isLive()) {
        return;
      }
      remove(grant);
    }
    grant.end();
  }

  private void remove(LiveGrant grant) {
    grants.remove(grant.grant().id(), grant);
    selected.remove(grant.flow(), grant);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    end(grant -> true);
  }
}
