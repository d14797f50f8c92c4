package io.aipaging.simulation.aipf;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.enforcement.AnchorWatch;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.paging.CatalogServices;
import io.aipaging.aipf.paging.PageContext;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.paging.PageTools;
import io.aipaging.aipf.relocation.CatalogTargets;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.relocation.RelocationSteps;
import io.aipaging.aipf.relocation.RelocationUndo;
import io.aipaging.aipf.renewal.Delivery;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.sbi.PagingService;
import io.aipaging.aipf.selection.AnchorSelection;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.network.Remotes;
import io.aipaging.simulation.store.LockedOwnership;
import io.aipaging.simulation.store.StoreClient;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One replica of the AIPF: each life of its process is wired as {@code AipfMain} does it. */
public final class Replica {
  private static final String SET = Surroundings.SET;
  private static final Duration KEEP_TIME_EVERY = Duration.ofSeconds(1);
  private static final Duration RESTART = Duration.ofSeconds(1);
  private static final Duration EFFECT_TIME = Duration.ofSeconds(1);
  private static final UeHashKey HASH_KEY = new UeHashKey(new byte[32]);
  private final Node node;
  private final Surroundings around;

  /** A replica that does not run yet. */
  public Replica(Node node, Surroundings around) {
    this.node = node;
    this.around = around;
  }

  /** Its node. */
  public Node node() {
    return node;
  }

  /** Its process starts. */
  public void begin() {
    Life life = node.begin();
    var _ = around.timeline().start(life, () -> openOrExit(life));
  }

  /** Without its store a process does not start; whoever runs it tries again. */
  private void openOrExit(Life life) {
    try {
      open(life);
    } catch (StoreUnavailable e) {
      node.crash();
      around.timeline().after(RESTART, null, this::beginAgain);
    }
  }

  private void beginAgain() {
    if (!node.isUp()) {
      begin();
    }
  }

  /** What one life is made of. */
  private record Parts(
      Life life,
      LeaseClock clock,
      FiberStrands strands,
      LeaseStore store,
      Ownership ownership,
      Enforcement enforcement,
      AnchorWatch watch) {}

  private void open(Life life) {
    Variant variant = around.variant();
    FiberStrands strands = new FiberStrands(around.timeline(), life);
    String runner = around.ids().next();
    Ownership ownership = ownership(life, runner);
    LeaseStore store = variant.store(new StoreClient(around.store(), life));
    Map<String, NaexfAdmission> anchors = new HashMap<>();
    around.anchors().forEach((id, at) -> anchors.put(id, remote(NaexfAdmission.class, life, at)));
    Map<String, NsmfadapterSteering> gates = new HashMap<>();
    around.gates().forEach((id, at) -> gates.put(id, remote(NsmfadapterSteering.class, life, at)));
    Enforcement enforcement =
        new Enforcement(
            node.name(),
            new Enforcement.Peers(
                id -> Optional.ofNullable(gates.get(id)),
                id -> Optional.ofNullable(anchors.get(id)),
                variant.qos(remote(NpcfadapterQosbinding.class, life, around.qos()))),
            strands);
    AnchorWatch watch =
        new AnchorWatch(
            new AnchorWatch.Question(
                node.name(), List.copyOf(around.anchors().keySet()), around.watchEvery()),
            id -> Optional.ofNullable(anchors.get(id)),
            node.clock(),
            strands);
    LeaseClock clock = new LeaseClock(node.clock(), node.clock()::nanos);
    serve(new Parts(life, clock, strands, store, ownership, enforcement, watch));
  }

  private <S> S remote(Class<S> contract, Life life, Node at) {
    return Remotes.of(contract, around.network(), life, at);
  }

  private Ownership ownership(Life life, String runner) {
    if (around.alone()) {
      return Ownership.sole(runner);
    }
    LockedOwnership ownership = new LockedOwnership(around.store(), life, runner);
    var _ = around.timeline().start(life, ownership::keepVisiting);
    return ownership;
  }

  private void serve(Parts parts) {
    parts.watch().ask();
    SessionKeeper keeper =
        new SessionKeeper(
            parts.store(),
            around.terms(),
            new SessionKeeper.Surroundings(
                around.variant().ownership(parts.ownership()), parts.strands(), parts.clock()),
            bell -> new FiberAlarm(around.timeline(), parts.life(), bell));
    if (parts.ownership() instanceof LockedOwnership locked) {
      locked.hear(keeper::look);
    }
    Leases leases =
        new Leases(
            around.variant().rules(new LeaseMachine(around.terms())),
            parts.store(),
            parts.clock(),
            new Leases.Surroundings(parts.ownership().runner(), around.variant().watcher(keeper)));
    CommitIssuer issuer = new CommitIssuer(SET, around.signing(), around.terms(), around.ids());
    PagingService paging = wire(parts, leases, issuer, keeper);
    parts.life().serve(NaipfPaging.class, around.variant().paging(paging));
    var _ = around.timeline().start(parts.life(), parts.watch()::run);
    keepTime(parts.life(), keeper);
  }

  private void keepTime(Life life, SessionKeeper keeper) {
    around
        .timeline()
        .after(
            KEEP_TIME_EVERY,
            life,
            () -> {
              var _ = around.timeline().start(life, keeper::keepTime);
              keepTime(life, keeper);
            });
  }

  private PagingService wire(
      Parts parts, Leases leases, CommitIssuer issuer, SessionKeeper keeper) {
    Enforcement enforcement = parts.enforcement();
    AnchorSelection selection = new AnchorSelection(parts.watch());
    EndProcedure ends = new EndProcedure(leases, issuer, enforcement, EFFECT_TIME);
    DrainProcedure drains = new DrainProcedure(leases, issuer, enforcement, EFFECT_TIME);
    RelocationSteps steps =
        new RelocationSteps(leases, issuer, enforcement, around.terms(), around.ids());
    RelocationUndo undo =
        new RelocationUndo(
            leases,
            issuer,
            steps,
            new RelocationUndo.Endings(drains, ends, EFFECT_TIME, parts.strands()));
    RelocationProcedure relocation =
        new RelocationProcedure(
            steps, undo, new CatalogTargets(around.catalog(), selection), drains);
    Delivery delivery =
        new Delivery(
            leases,
            enforcement,
            new Delivery.Fallbacks(relocation, ends, EFFECT_TIME, parts.strands()));
    RenewProcedure renew =
        new RenewProcedure(leases, issuer, enforcement, around.terms(), delivery);
    PageProcedure pages =
        new PageProcedure(
            leases,
            issuer,
            ends,
            new PageContext(
                new CatalogServices(around.catalog(), around.intents(), selection),
                new PageTools(enforcement, around.terms(), around.ids(), node.clock()),
                HASH_KEY,
                (stage, took) -> {},
                node.clock()::nanos));
    keeper.start(new SessionKeeper.Procedures(renew, drains, ends, pages, relocation));
    return new PagingService(
        new PagingService.Procedures(pages, renew, relocation, ends),
        parts.store(),
        (stage, took) -> {},
        node.clock()::nanos);
  }

  /** The life under way, or null. */
  public @Nullable Life life() {
    return node.life();
  }
}
