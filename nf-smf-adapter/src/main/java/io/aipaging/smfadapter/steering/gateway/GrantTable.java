package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Grants in force by flow, each ended by a timer at its deadline. Changes exclude each other;
 * readers never wait. Thread-safe.
 */
final class GrantTable implements AutoCloseable {
  private final Map<Flow, FlowGrants> flows = new ConcurrentHashMap<>();

  /** Lengths of UE addresses ever granted, longest first; one or two in practice. */
  private final Set<Integer> prefixLengths =
      new ConcurrentSkipListSet<>(Comparator.<Integer>reverseOrder());

  private final Map<LiveGrant, Future<?>> alarms = new HashMap<>();
  private final ScheduledExecutorService timer;
  private boolean closed;

  GrantTable(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Carries out a step; what it ends is cut before this returns.
   *
   * @throws SteeringFailed when the step contradicts what is in force; nothing has changed then
   */
  void apply(SteeringStep step) throws SteeringFailed {
    List<LiveGrant> over;
    synchronized (this) {
      if (closed) {
        throw new SteeringFailed("the gate is closed");
      }
      FlowGrants before = flows.getOrDefault(step.flow(), FlowGrants.NONE);
      for (Carried carried : step.carried()) {
        requireSameAnchor(before, carried.grant());
      }
      FlowGrants after = after(step, before);
      over = before.all().stream().filter(live -> !after.all().contains(live)).toList();
      replace(step.flow(), after);
      over.forEach(this::disarm);
      after.all().forEach(this::arm);
    }
    over.forEach(LiveGrant::end);
  }

  /** The grant that takes a new connection from {@code source}. */
  Optional<LiveGrant> find(InetAddress source, ServiceEndpoint service) {
    for (int length : prefixLengths) {
      Optional<LiveGrant> found =
          Prefixes.of(source, length)
              .map(ue -> flows.get(new Flow(ue, service)))
              .flatMap(FlowGrants::takesNew)
              .filter(LiveGrant::isLive);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  Optional<LiveGrant> get(Flow flow, GrantId id) {
    return flows.getOrDefault(flow, FlowGrants.NONE).find(id).filter(LiveGrant::isLive);
  }

  Set<GrantId> live() {
    Set<GrantId> live = new TreeSet<>();
    all().filter(LiveGrant::isLive).forEach(grant -> live.add(grant.grant().id()));
    return live;
  }

  /** Ends the grants that {@code which} accepts. */
  void end(Predicate<LiveGrant> which) {
    List<LiveGrant> over;
    synchronized (this) {
      over = all().filter(which).toList();
      over.forEach(this::remove);
    }
    over.forEach(LiveGrant::end);
  }

  private static void requireSameAnchor(FlowGrants before, Grant grant) throws SteeringFailed {
    if (before.find(grant.id()).filter(live -> !live.grant().equals(grant)).isPresent()) {
      throw new SteeringFailed("grant " + grant.id() + " leads to another anchor");
    }
  }

  private static FlowGrants after(SteeringStep step, FlowGrants before) {
    long now = System.nanoTime();
    Optional<LiveGrant> takesNew = Optional.empty();
    List<LiveGrant> all = new ArrayList<>();
    for (Carried carried : step.carried()) {
      long deadline = now + carried.timeLeft().toNanos();
      // One that was over stays over with all its connections, even when its timer is late.
      Optional<LiveGrant> known =
          before.find(carried.grant().id()).filter(live -> live.isLiveAt(now));
      known.ifPresent(live -> live.deadlineNanos(deadline));
      LiveGrant live = known.orElse(new LiveGrant(step.flow(), carried.grant(), deadline));
      all.add(live);
      takesNew = carried.takesNew() ? Optional.of(live) : takesNew;
    }
    return new FlowGrants(takesNew, all);
  }

  private Stream<LiveGrant> all() {
    return flows.values().stream().flatMap(grants -> grants.all().stream());
  }

  private void replace(Flow flow, FlowGrants after) {
    if (after.all().isEmpty()) {
      flows.remove(flow);
    } else {
      UeAddress ue = flow.ue();
      prefixLengths.add(ue.prefixLength());
      flows.put(flow, after);
    }
  }

  private void remove(LiveGrant grant) {
    Flow flow = grant.flow();
    disarm(grant);
    replace(flow, flows.getOrDefault(flow, FlowGrants.NONE).without(grant));
  }

  private void arm(LiveGrant grant) {
    disarm(grant);
    long left = grant.deadlineNanos() - System.nanoTime();
    alarms.put(grant, timer.schedule(() -> expire(grant), left, TimeUnit.NANOSECONDS));
  }

  private void disarm(LiveGrant grant) {
    Future<?> alarm = alarms.remove(grant);
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  private void expire(LiveGrant grant) {
    synchronized (this) {
      if (grant.isLive()) {
        return; // Refreshed while this waited its turn; the refresh set an alarm of its own.
      }
      remove(grant);
    }
    grant.end();
  }

  /** Ends every grant and takes no more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    end(grant -> true);
  }
}
