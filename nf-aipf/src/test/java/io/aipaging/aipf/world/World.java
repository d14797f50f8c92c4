package io.aipaging.aipf.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.ending.RevokeProcedure;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.aipf.lease.SessionFacts.Subscriber;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.aipf.paging.PageContext;
import io.aipaging.aipf.paging.PageOutcome;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.PageRequest;
import io.aipaging.aipf.paging.PageTools;
import io.aipaging.aipf.paging.Stage;
import io.aipaging.aipf.reconcile.Reconciler;
import io.aipaging.aipf.reconcile.Tools;
import io.aipaging.aipf.relocation.AnchorDrainProcedure;
import io.aipaging.aipf.relocation.Damping;
import io.aipaging.aipf.relocation.MoveBudget;
import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationSteps;
import io.aipaging.aipf.relocation.RelocationUndo;
import io.aipaging.aipf.relocation.SessionMover;
import io.aipaging.aipf.renewal.Delivery;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.UeHashKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A whole AIPF over an in-memory network whose enforcers verify and fence for real. The clock
 * stands still; pauses between tries move it.
 */
public final class World {
  /** Somebody no session of a world shares its shard with. */
  public static final SessionId NOBODY = new SessionId("session-of-nobody");

  public static final String SET = "aipf-set-1";
  public static final Duration EFFECT_TIME = Duration.ofSeconds(1);
  public static final Damping DAMPING =
      new Damping(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));
  public static final int AT_ONCE_MAX = 4;
  public static final int TO_ONE_ANCHOR_MAX = 2;
  public static final int WAITING_MAX = 8;
  private final Network network;
  private final Life life = new Life();
  private final int run;
  public final ManualClock clock;
  public final Faults faults;
  public final Strands strands;
  public final ManualOwnership ownership;
  public final LeaseTerms terms;
  public final SigningKeys keys;
  public final KeySet published;
  public final Map<String, FakeAnchor> anchors;
  public final FakeGate gate;
  public final FakeQos qos;
  public final LeaseStore store;
  public final Leases leases;
  public final CommitIssuer issuer;
  public final Enforcement enforcement;
  public final EndProcedure ends;
  public final DrainProcedure drains;
  public final RelocationProcedure relocation;
  public final RenewProcedure renew;
  public final PageProcedure pages;
  public final SessionKeeper keeper;
  public final SessionMover mover;
  public final RelocationDispatcher triggers;
  public final RevokeProcedure revoke;
  public final AnchorDrainProcedure anchorDrains;
  public final MoveLog moves = new MoveLog();
  private final MoveBudget budget = new MoveBudget(TO_ONE_ANCHOR_MAX);
  public final Reconciler reconciler;
  public final Reconciled reconciled = new Reconciled();
  public final ConcurrentLinkedQueue<Stage> stages = new ConcurrentLinkedQueue<>();
  private final AtomicReference<ManualAlarm> alarm = new AtomicReference<>();
  private volatile QosTerms.Demand demand = QosTerms.Demand.PREFERRED;
  private final Directory directory;

  public World() {
    this(LeaseTerms.DEFAULT, 1_000);
  }

  public World(LeaseTerms terms, int sessionsMax) {
    this(new Network(terms, sessionsMax));
  }

  private World(Network network) {
    this(network, network.store, 1);
  }

  private World(Network network, LeaseStore rows, int run) {
    this.network = network;
    this.run = run;
    clock = network.clock;
    faults = network.faults;
    terms = network.terms;
    keys = network.keys;
    published = network.published;
    anchors = network.anchors;
    gate = network.gate;
    qos = network.qos;
    directory = new Directory(anchors, () -> demand);
    strands = new ManualStrands(clock);
    LeaseClock leaseClock = new LeaseClock(clock, clock::nanos);
    ownership = new ManualOwnership("runner-" + run);
    store = life.through(LeaseStore.class, new FaultyStore(rows, faults));
    keeper =
        new SessionKeeper(
            store,
            terms,
            new SessionKeeper.Surroundings(ownership, strands, leaseClock),
            this::alarm);
    leases =
        new Leases(
            new LeaseMachine(terms),
            store,
            leaseClock,
            new Leases.Surroundings(ownership.runner(), keeper));
    Ids ids = World::idOfAnotherShard;
    issuer = new CommitIssuer(SET, keys, terms, ids);
    enforcement = new Enforcement(SET, network.reachedBy(life), strands);
    ends = new EndProcedure(leases, issuer, enforcement, EFFECT_TIME);
    drains = new DrainProcedure(leases, issuer, enforcement, EFFECT_TIME);
    RelocationSteps steps =
        new RelocationSteps(
            leases, issuer, enforcement, new RelocationSteps.Tools(terms, ids, budget));
    RelocationUndo undo =
        new RelocationUndo(
            leases, issuer, steps, new RelocationUndo.Endings(drains, ends, EFFECT_TIME, strands));
    relocation = new RelocationProcedure(steps, undo, directory, drains);
    Delivery delivery =
        new Delivery(
            leases, enforcement, new Delivery.Fallbacks(relocation, ends, EFFECT_TIME, strands));
    renew = new RenewProcedure(leases, issuer, enforcement, terms, delivery);
    pages =
        new PageProcedure(
            leases,
            issuer,
            ends,
            new PageContext(
                directory,
                new PageTools(enforcement, terms, ids, clock),
                new UeHashKey(new byte[32]),
                (stage, took) -> stages.add(stage),
                System::nanoTime));
    mover =
        new SessionMover(
            leases,
            relocation,
            new SessionMover.Rules(DAMPING, Duration.ofSeconds(5)),
            new SessionMover.Farewell(enforcement, ends));
    triggers =
        new RelocationDispatcher(
            leases,
            mover,
            new RelocationDispatcher.Surroundings(ownership, strands, moves),
            new RelocationDispatcher.Bounds(AT_ONCE_MAX, WAITING_MAX));
    revoke = new RevokeProcedure(leases, ends, strands, AT_ONCE_MAX);
    anchorDrains = new AnchorDrainProcedure(leases, enforcement, triggers);
    reconciler =
        reconciled.reconciler(
            new Tools(
                store,
                leases,
                issuer,
                enforcement,
                ends,
                relocation,
                ownership,
                terms,
                EFFECT_TIME),
            anchors.keySet(),
            strands);
    keeper.start(new SessionKeeper.Procedures(renew, drains, ends, pages, relocation));
  }

  public void reconcile() {
    reconciler.peers().forEach(reconciler::round);
  }

  /** SIGKILL: what it was about to do next is not done. For a fault: ends its thread too. */
  public void die() {
    life.end();
    life.require();
  }

  /** The next process on the same store and network, started at once. */
  public World restarted() {
    life.end();
    World next = new World(network, network.store, run + 1);
    next.demand = demand;
    return next;
  }

  /** The next process on the same network, where nobody has a row any more. */
  public World withAnEmptyStore() {
    life.end();
    return new World(network, new InMemoryLeaseStore(1_000, Duration.ofDays(1)), run + 1);
  }

  private ManualAlarm alarm(Alarm.Bell bell) {
    alarm.set(new ManualAlarm(clock, bell));
    return alarm.get();
  }

  public ManualAlarm alarm() {
    return alarm.get();
  }

  /** Whether sessions need QoS from now on. */
  public World demanding(QosTerms.Demand qosDemand) {
    demand = qosDemand;
    return this;
  }

  public Service service() {
    return directory.service();
  }

  public static PageRequest request(String ue) {
    return new PageRequest(
        "af-1",
        new Subscriber(UeAddress.parse(ue), "internet", null, "imsi-001010000000001"),
        new Intent("embed my notes", "EMBEDDING", null, null, null, null, null),
        null,
        null);
  }

  public Call call() {
    return Call.within("nef-1", clock.instant(), Duration.ofSeconds(5));
  }

  public PageOutcome page(String ue) {
    return pages.page(call(), request(ue));
  }

  /** A session that is ACTIVE at anchor-a. */
  public Session paged() {
    return ((PageOutcome.Paged) page("10.45.0.2")).session();
  }

  public Session session(SessionId id) {
    return store.find(id).orElseThrow();
  }

  public Session only() {
    List<Session> all = store.list(SessionQuery.ALL, 10, null).sessions();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  public List<EvidenceRecord> evidence(SessionId id) {
    List<String> canonical = store.evidence(id, 1, 1_000);
    assertThat(EvidenceChain.verify(canonical)).isInstanceOf(EvidenceChain.Verdict.Verified.class);
    return canonical.stream().map(EvidenceRecord::parse).toList();
  }

  public List<String> evidenceTypes(SessionId id) {
    return evidence(id).stream().map(EvidenceRecord::type).toList();
  }

  public void expectNothingHeld() {
    await(() -> anchors.values().stream().allMatch(anchor -> anchor.slotsHeld() == 0));
    await(() -> qos.bindings().isEmpty());
    assertThat(gate.grants()).isEmpty();
    assertThat(qos.bindings()).isEmpty();
    anchors.forEach((id, anchor) -> assertThat(anchor.slotsHeld()).as(id).isZero());
  }

  /** Lets time pass in steps and the keeper work until {@code condition} holds. */
  public void upkeepUntil(java.util.function.BooleanSupplier condition, Duration atMost) {
    Instant end = clock.instant().plus(atMost);
    while (!condition.getAsBoolean()) {
      assertThat(clock.instant()).as("time allowed").isBefore(end);
      clock.advance(Duration.ofMillis(100));
      alarm().ring();
      settle();
    }
  }

  /** Waits until keeper and dispatcher rest. */
  public void settle() {
    await(() -> keeper.idle() && triggers.idle());
  }

  /** Waits in real time, a few seconds at most. */
  public static void await(java.util.function.BooleanSupplier condition) {
    await(condition, Duration.ofSeconds(5));
  }

  /** Waits in real time. */
  public static void await(java.util.function.BooleanSupplier condition, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(200_000);
    }
  }

  private static String idOfAnotherShard() {
    Ids random = Ids.random();
    String id;
    do {
      id = random.next();
    } while (Shard.of(new SessionId(id)).equals(Shard.of(NOBODY)));
    return id;
  }
}
