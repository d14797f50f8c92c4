package io.aipaging.simulation.aipf;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.Procedures;
import io.aipaging.aipf.enforcement.AnchorWatch;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.paging.CatalogServices;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.Reconciler;
import io.aipaging.aipf.relocation.CatalogTargets;
import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.selection.AnchorSelection;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.network.Remotes;
import io.aipaging.simulation.store.LockedOwnership;
import io.aipaging.simulation.store.StoreClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One replica of the AIPF: each life of its process is wired as {@code AipfMain} does it. */
public final class Replica {
  private static final Duration KEEP_TIME_EVERY = Duration.ofSeconds(1);
  private static final Duration RESTART = Duration.ofSeconds(1);
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
    FiberStrands strands = new FiberStrands(around.timeline(), life);
    Map<String, NaexfAdmission> anchors = new HashMap<>();
    around.anchors().forEach((id, at) -> anchors.put(id, remote(NaexfAdmission.class, life, at)));
    Map<String, NsmfadapterSteering> gates = new HashMap<>();
    around.gates().forEach((id, at) -> gates.put(id, remote(NsmfadapterSteering.class, life, at)));
    Enforcement enforcement =
        new Enforcement(
            node.name(),
            around
                .variant()
                .peers(
                    new Enforcement.Peers(
                        id -> Optional.ofNullable(gates.get(id)),
                        id -> Optional.ofNullable(anchors.get(id)),
                        remote(NpcfadapterQosbinding.class, life, around.qos()))),
            strands);
    AnchorWatch watch =
        new AnchorWatch(
            new AnchorWatch.Question(
                node.name(),
                List.copyOf(around.anchors().keySet()),
                around.config().limits().anchorInterval()),
            id -> Optional.ofNullable(anchors.get(id)),
            node.clock(),
            strands);
    LeaseClock clock =
        around.variant().leaseClock(new LeaseClock(node.clock(), node.clock()::nanos));
    LeaseStore store = around.variant().store(new StoreClient(around.store(), life));
    Ownership ownership = ownership(life, around.ids().next());
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
    Ownership ownership = around.variant().ownership(parts.ownership());
    SessionKeeper keeper =
        new SessionKeeper(
            parts.store(),
            around.config().lease().terms(),
            new SessionKeeper.Surroundings(ownership, parts.strands(), parts.clock()),
            bell -> new FiberAlarm(around.timeline(), parts.life(), bell));
    if (parts.ownership() instanceof LockedOwnership locked) {
      locked.hear(keeper::look);
    }
    AnchorSelection selection = new AnchorSelection(parts.watch());
    Procedures.Served served =
        procedures(parts)
            .serve(
                new Procedures.Places(
                    around.catalog(),
                    parts.watch(),
                    new CatalogServices(around.catalog(), around.intents(), selection),
                    new CatalogTargets(around.catalog(), selection)),
                new Procedures.Surroundings(
                    HASH_KEY,
                    (stage, took) -> {},
                    keeper,
                    new Procedures.Reconciling(ownership, peers(), around.reconciled()),
                    new RelocationDispatcher.Surroundings(
                        ownership, parts.strands(), new UnseenMoves()),
                    new Leases.Surroundings(ownership.runner(), around.variant().watcher(keeper))));
    Life life = parts.life();
    life.serve(NaipfPaging.class, around.variant().paging(served.paging()));
    life.serve(NaipfEvents.class, served.events());
    parts.watch().listen(served.conditions());
    var _ = around.timeline().start(life, parts.watch()::run);
    reconcile(parts, served.reconciler());
    keepTime(life, keeper);
  }

  private Procedures procedures(Parts parts) {
    AipfConfig config = around.config();
    return new Procedures(
        config,
        parts.clock(),
        parts.store(),
        new Procedures.Outside(parts.enforcement(), parts.strands()),
        new Procedures.Inside(
            around.variant().signing(around.signing()),
            around.ids(),
            around.variant().rules(new LeaseMachine(config.lease().terms()))));
  }

  private List<Peer.Enforcer> peers() {
    List<Peer.Enforcer> peers = new java.util.ArrayList<>();
    around.gates().keySet().forEach(id -> peers.add(new Peer.Gate(id)));
    around
        .catalog()
        .anchors()
        .forEach(anchor -> peers.add(new Peer.Anchor(anchor.id(), anchor.agentEnforcerId())));
    return peers;
  }

  private void reconcile(Parts parts, Reconciler reconciler) {
    if (!around.variant().reconciles()) {
      return;
    }
    reconciler.start();
    for (Peer peer : reconciler.peers()) {
      var _ =
          around
              .timeline()
              .start(
                  parts.life(),
                  () -> {
                    while (true) {
                      parts.strands().pause(reconciler.round(peer));
                    }
                  });
    }
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
}
