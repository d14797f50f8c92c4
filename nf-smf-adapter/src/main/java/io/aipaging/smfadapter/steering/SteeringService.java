package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.AppliedCommit;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.SessionFence;
import io.aipaging.protocol.SessionFence.Decision;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.protocol.enforcer.EnforcerClock.Moment;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Steering at one gate. Believes nobody but the COMMITs themselves: it verifies and fences each,
 * turns {@code exp_ms} into a timeout that the enforcer keeps without it, and undoes what took
 * longer than the skew margin. One lease step at a time.
 */
public final class SteeringService implements NsmfadapterSteering, AutoCloseable {
  private final SteeringConfig config;
  private final SteeringPorts ports;
  private final EnforcerClock clock;
  private final CommitReader commits;
  private final GateProbe probe;
  private final GateMemory memory;
  private final CarriedLeases carried = new CarriedLeases();
  private final Mending mending;
  private final LeaseSteps steps;
  private final GrantListing listing;
  private final ReentrantLock lock = new ReentrantLock(true);

  private SteeringService(SteeringConfig config, SteeringPorts ports, EnforcerClock clock) {
    this.config = config;
    this.ports = ports;
    this.clock = clock;
    this.commits = new CommitReader(ports.verifier(), clock);
    this.probe = new GateProbe(ports.driver(), ports.probe(), clock);
    this.memory = new GateMemory(ports.journal(), clock.now(), clock);
    this.mending = new Mending(ports, carried, clock);
    this.steps = new LeaseSteps(new LeaseSteps.Parts(ports, memory, carried, mending), clock);
    this.listing = new GrantListing(carried, ports.driver(), clock);
  }

  /**
   * Takes over the gate with what the journal remembers and the enforcer still holds; grants that
   * the journal does not know end.
   *
   * @throws SteeringFailed when the driver cannot say what is in force
   */
  public static SteeringService open(
      SteeringConfig config, SteeringPorts ports, EnforcerClock clock) throws SteeringFailed {
    SteeringService service = new SteeringService(config, ports, clock);
    service.takeOver();
    return service;
  }

  private void takeOver() throws SteeringFailed {
    Set<GrantId> live = ports.driver().live();
    List<CarriedLease> kept =
        memory.recovered().stream()
            .filter(lease -> live.contains(lease.grant().id()))
            .filter(lease -> !lease.isOver(clock.nanos()))
            .toList();
    for (SessionId session : kept.stream().map(CarriedLease::session).distinct().toList()) {
      carried.set(session, kept.stream().filter(l -> l.session().equals(session)).toList());
    }
    mending.restore();
    memory.rewrite(clock.now().wall(), carried.all());
  }

  @Override
  public AppliedCommits applyCommits(Call call, ApplyCommits request) {
    try {
      return applyBelieved(call, request, clock.now());
    } catch (Refusal refusal) {
      ports.observer().refused(refusal.problemCause());
      throw refusal;
    }
  }

  private AppliedCommits applyBelieved(Call call, ApplyCommits request, Moment receivedAt) {
    List<BelievedCommit> believed = commits.readAll(request.commits(), receivedAt);
    ports.observer().contact();
    boolean grants = believed.stream().anyMatch(one -> one.commit().role() != CommitRole.END);
    if (grants && clock.isAhead(call.sentAt(), receivedAt)) {
      throw Refusal.of(403, "CLOCK_SKEW", "the sender's clock is too far ahead");
    }
    lock.lock();
    try {
      forgetOver(clock.nanos());
      SessionId session = believed.getFirst().commit().session();
      List<BelievedCommit> ordered =
          believed.stream().sorted(Comparator.comparingLong(one -> one.commit().gen())).toList();
      SessionFence fence = decide(session, ordered);
      StepPlan plan = plan(session, ordered);
      steps.mend();
      steps.carryOut(session, fence, plan, grants);
      memory.compact(receivedAt.wall(), carried.all());
      return new AppliedCommits(believed.stream().map(this::applied).toList());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public GrantList listGrants(Call call, ListGrants request) {
    ports.observer().contact();
    lock.lock();
    try {
      forgetOver(clock.nanos());
      GrantListing.Page page = listing.page(request.limit(), request.pageToken());
      return new GrantList(
          config.enforcerId(), ports.driver().name(), page.grants(), page.nextToken());
    } catch (SteeringFailed e) {
      throw steps.failure("cannot list grants", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ProbeResult probeCommit(Call call, ProbeCommit request) {
    BelievedCommit believed = commits.read(request.commit(), clock.now());
    Commit commit = believed.commit();
    if (commit.role() == CommitRole.END) {
      throw Refusal.of(403, "COMMIT_REJECTED", "an end leads to no anchor");
    }
    Optional<CarriedLease> lease;
    lock.lock();
    try {
      forgetOver(clock.nanos());
      decide(commit.session(), List.of(believed));
      requireNoObjection(commit);
      lease = Optional.ofNullable(carried.get(commit.lease()));
    } finally {
      lock.unlock();
    }
    return switch (request.phase()) {
      case "REACHABLE" -> probe.reachable(commit);
      case "STEERED" -> probe.steered(commit, lease);
      default -> throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "unknown phase");
    };
  }

  /**
   * Ends grants that the wall clock says are over although their timers still run, which happens
   * when the wall clock was stepped or the host was suspended. To be called about once a second.
   */
  public void keepTime() {
    lock.lock();
    try {
      Moment now = clock.now();
      forgetOver(now.nanos());
      if (clock.agreesAt(now)) {
        return;
      }
      int before = carried.size();
      for (SessionId session : carried.sessions()) {
        boolean over =
            carried.of(session).values().stream()
                .anyMatch(lease -> !now.wall().isBefore(lease.expiresAt()));
        if (over) {
          steps.endAll(session, new StepPlan(carried.of(session), carried.of(session)));
        }
      }
      ports.observer().carries(carried.size(), before - carried.size());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts the enforcing machinery in order when somebody else has changed it: from the leases
   * carried here, and without those that are over. To be called several times a second.
   */
  public void mend() {
    lock.lock();
    try {
      forgetOver(clock.nanos());
      mending.mendQuietly();
    } finally {
      lock.unlock();
    }
  }

  /** Releases journal and driver; grants in force stay until they expire. */
  @Override
  public void close() {
    ports.driver().close();
    ports.journal().close();
  }

  /**
   * A timeout counts from its installation, which may take the skew margin: only after that time
   * more is certainly nothing left that an {@code end} would have to take away.
   */
  private void forgetOver(long nowNanos) {
    int over = carried.forgetOver(nowNanos - clock.skewMargin().toNanos());
    ports.observer().carries(carried.size(), over);
  }

  private SessionFence decide(SessionId session, List<BelievedCommit> ordered) {
    SessionFence fence = memory.fences().of(session);
    for (BelievedCommit believed : ordered) {
      switch (fence.decide(believed.commit(), believed.sha256())) {
        case Decision.Accepted(SessionFence next) -> fence = next;
        case Decision.Identical() -> {}
        case Decision.Refused(String rule) -> throw Refusal.of(409, "STALE_GENERATION", rule);
      }
    }
    return fence;
  }

  private StepPlan plan(SessionId session, List<BelievedCommit> ordered) {
    for (BelievedCommit believed : ordered) {
      Commit commit = believed.commit();
      if (commit.role() != CommitRole.END) {
        requireTime(believed);
        requireNoObjection(commit);
        if (carried.ownerOf(commit.flow()).filter(owner -> !owner.equals(session)).isPresent()) {
          throw Refusal.of(409, "FLOW_IN_USE", "another session has this flow");
        }
      }
    }
    return StepPlan.of(carried.of(session), ordered, memory::nextGrantId);
  }

  private void requireTime(BelievedCommit believed) {
    if (!clock.agreesAt(clock.now())) {
      throw Refusal.of(500, "STEERING_FAILURE", "the gate's clocks do not agree");
    }
    Duration left = Duration.ofNanos(believed.deadlineNanos() - clock.nanos());
    if (left.compareTo(SteeringStep.Carried.TIME_LEFT_MIN) < 0) {
      throw Refusal.of(403, "COMMIT_REJECTED", "EXPIRED: too little time is left");
    }
  }

  private void requireNoObjection(Commit commit) {
    ports
        .driver()
        .objection(commit.flow(), commit.anchor().endpoint())
        .ifPresent(
            objection -> {
              throw Refusal.of(403, "COMMIT_REJECTED", objection);
            });
  }

  private AppliedCommit applied(BelievedCommit believed) {
    Commit commit = believed.commit();
    CarriedLease lease = carried.get(commit.lease());
    boolean carries = commit.role() != CommitRole.END && lease != null;
    return new AppliedCommit(
        commit.lease().value(),
        commit.session().value(),
        commit.gen(),
        commit.role().wire(),
        carries && lease != null ? remainingMillis(lease) : 0);
  }

  private long remainingMillis(CarriedLease lease) {
    return Math.max(0, lease.timeLeft(clock.nanos()).toMillis());
  }
}
