package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What COMMITs make of the leases a session has at this gate. Pure: nothing is changed by planning.
 *
 * @param before leases before the step
 * @param next leases after the step, at most two
 */
record StepPlan(Map<LeaseId, CarriedLease> before, Map<LeaseId, CarriedLease> next) {
  private static final int LIVE_MAX = 2;

  StepPlan {
    before = Collections.unmodifiableMap(new TreeMap<>(before)); // steps are told in one order
    next = Collections.unmodifiableMap(new TreeMap<>(next));
  }

  /**
   * Plans.
   *
   * @param commits of one session and in order of their generations
   * @param ids where a new lease's grant id comes from
   * @throws Refusal 403 when a COMMIT leaves no time or contradicts its lease
   */
  static StepPlan of(
      Map<LeaseId, CarriedLease> before, List<BelievedCommit> commits, Supplier<GrantId> ids) {
    Map<LeaseId, CarriedLease> next = new TreeMap<>(before);
    for (BelievedCommit believed : commits) {
      Commit commit = believed.commit();
      if (commit.role() == CommitRole.END) {
        end(next, commit);
      } else {
        next.put(commit.lease(), carried(next, believed, ids));
      }
    }
    endOldestBeyondTwo(next);
    return new StepPlan(before, next);
  }

  /** Leases that end with the step. */
  List<CarriedLease> gone() {
    return before.values().stream().filter(lease -> !next.containsKey(lease.lease())).toList();
  }

  /** Whether the step makes a lease that was carried before longer. */
  boolean isLonger(CarriedLease lease) {
    CarriedLease was = before.get(lease.lease());
    return was != null && lease.deadlineNanos() - was.deadlineNanos() > 0;
  }

  /** Whether everything the step grants still has time to be carried. */
  boolean hasTime(long nowNanos) {
    return next.values().stream()
        .filter(lease -> !lease.equals(before.get(lease.lease())))
        .allMatch(lease -> lease.timeLeft(nowNanos).compareTo(Carried.TIME_LEFT_MIN) >= 0);
  }

  /** The step for the driver; empty when neither before nor after anything is carried. */
  Optional<SteeringStep> step(long nowNanos) {
    return step(next.values(), gone(), nowNanos);
  }

  /** The step that takes this one back; what was ordered to end stays ended. */
  Optional<SteeringStep> undo(long nowNanos) {
    List<CarriedLease> added =
        next.values().stream().filter(lease -> !before.containsKey(lease.lease())).toList();
    List<CarriedLease> ended = new ArrayList<>(gone());
    ended.addAll(added);
    return step(survivors(), ended, nowNanos);
  }

  /** The step that carries what a session has, and changes nothing. */
  static Optional<SteeringStep> keeping(Collection<CarriedLease> leases, long nowNanos) {
    return step(leases, List.of(), nowNanos).filter(step -> !step.carried().isEmpty());
  }

  /** Leases before the step without those it ends. */
  List<CarriedLease> survivors() {
    return before.values().stream().filter(lease -> next.containsKey(lease.lease())).toList();
  }

  /** The step that ends everything the session has or was to have. */
  Optional<SteeringStep> endAll(long nowNanos) {
    return step(List.of(), everything().values(), nowNanos);
  }

  /** Every lease before or after the step. */
  Map<LeaseId, CarriedLease> everything() {
    Map<LeaseId, CarriedLease> all = new TreeMap<>(before);
    all.putAll(next);
    return all;
  }

  private static Optional<SteeringStep> step(
      Collection<CarriedLease> kept, Collection<CarriedLease> ended, long nowNanos) {
    Optional<CarriedLease> any = kept.stream().findAny().or(() -> ended.stream().findAny());
    if (any.isEmpty()) {
      return Optional.empty();
    }
    long serving =
        kept.stream()
            .filter(lease -> lease.role() == CommitRole.SERVE)
            .mapToLong(CarriedLease::gen)
            .max()
            .orElse(0);
    List<Carried> carried = new ArrayList<>();
    List<Grant> over = new ArrayList<>(ended.stream().map(CarriedLease::grant).toList());
    for (CarriedLease lease : kept) {
      Duration left = lease.timeLeft(nowNanos);
      if (left.compareTo(Carried.TIME_LEFT_MIN) < 0) {
        over.add(lease.grant());
      } else {
        carried.add(new Carried(lease.grant(), left, lease.gen() == serving));
      }
    }
    return Optional.of(new SteeringStep(any.get().flow(), carried, over));
  }

  private static void end(Map<LeaseId, CarriedLease> next, Commit end) {
    if (end.endScope() == EndScope.SESSION) {
      next.clear();
    } else {
      next.remove(end.lease());
    }
  }

  private static CarriedLease carried(
      Map<LeaseId, CarriedLease> leases, BelievedCommit believed, Supplier<GrantId> ids) {
    Commit commit = believed.commit();
    long deadline = believed.deadlineNanos();
    CarriedLease before = leases.get(commit.lease());
    leases.values().forEach(lease -> requireSame(lease, commit));
    if (before != null && commit.role() == CommitRole.DRAIN) {
      return before.draining(commit.gen(), commit.expiresAt(), deadline);
    }
    GrantId id = before == null ? ids.get() : before.grant().id();
    Grant grant =
        new Grant(
            id, commit.anchor().endpoint(), commit.qos(), commit.anchor().dnai(), commit.session());
    return new CarriedLease(
        commit.lease(),
        commit.session(),
        CarriedLease.About.of(commit),
        grant,
        commit.gen(),
        commit.role(),
        commit.expiresAt(),
        deadline);
  }

  private static void requireSame(CarriedLease lease, Commit commit) {
    if (!lease.flow().equals(commit.flow())) {
      throw rejected("a session has one flow");
    }
    if (lease.lease().equals(commit.lease())
        && !lease.grant().anchor().equals(commit.anchor().endpoint())) {
      throw rejected("a lease has one anchor");
    }
  }

  /** The oldest that takes nothing new goes: its {@code end} got lost or is still on its way. */
  private static void endOldestBeyondTwo(Map<LeaseId, CarriedLease> next) {
    while (next.size() > LIVE_MAX) {
      next.values().stream()
          .min(Comparator.comparingLong(CarriedLease::gen))
          .ifPresent(oldest -> next.remove(oldest.lease()));
    }
  }

  private static Refusal rejected(String why) {
    return Refusal.of(403, "COMMIT_REJECTED", why);
  }
}
