package io.aipaging.simulation.world;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aexf.admission.AnchorProfile;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.aipf.Replica;
import io.aipaging.simulation.aipf.Surroundings;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.core.Core;
import io.aipaging.simulation.core.Pcf;
import io.aipaging.simulation.core.QosJournal;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.NodeClock;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.network.Remotes;
import io.aipaging.simulation.store.StoreServer;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Everything that exists in one history, put together and started. */
public final class World {
  private static final long BOUND = Duration.ofMillis(245).toNanos();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private final Basis basis;
  private final Climate climate;
  private final Variant variant;
  private final long clockAhead;
  private final Map<TransportAddress, Anchorage> anchors = new LinkedHashMap<>();
  private final Map<String, Machine> machines = new TreeMap<>();
  private final List<Gate> gates = new ArrayList<>();
  private final List<Replica> replicas = new ArrayList<>();
  private final StoreServer store;
  private final Core core;
  private int ids;

  /**
   * A world that is not started.
   *
   * @param basis what it stands on
   */
  World(Basis basis, Climate climate, Variant variant) {
    this.basis = basis;
    this.climate = climate;
    this.variant = variant;
    this.clockAhead = basis.chance().between(0, BOUND);
    Offer offer = Offer.behind(climate.gates());
    offer.catalog().anchors().forEach(this::makeAnchor);
    for (int i = 1; i <= climate.gates(); i++) {
      makeGate("gate-" + i);
    }
    this.core = makeCore();
    this.store = makeStore();
    Surroundings around = surroundings(offer);
    for (int i = 1; i <= climate.replicas(); i++) {
      Replica replica = new Replica(node("aipf-" + i), around);
      replicas.add(replica);
      machine(replica.node(), replica::begin);
    }
  }

  /**
   * A node whose process can be started.
   *
   * @param node the node
   * @param begin starts its process
   */
  record Machine(Node node, Runnable begin) {}

  private Node node(String name) {
    NodeClock clock =
        new NodeClock(
            basis.timeline(),
            basis.chance().between(clockAhead - BOUND, clockAhead),
            basis.chance().between(1, 1_000_000_000_000L),
            basis.chance().between(-20, 20));
    return new Node(basis.timeline(), name, clock);
  }

  private void machine(Node node, Runnable begin) {
    machines.put(node.name(), new Machine(node, begin));
  }

  private void makeAnchor(Anchor anchor) {
    Anchorage anchorage =
        new Anchorage(
            node(anchor.id()),
            new AnchorProfile(
                anchor.id(), anchor.agentEnforcerId(), anchor.aisis(), anchor.slots()),
            new Anchorage.Surroundings(
                basis.timeline(),
                basis.effects(),
                basis.chance().split(),
                verifier(anchor.agentEnforcerId()),
                climate.terms().skewBound(),
                climate.terms().skewMargin(),
                climate.ills().fails() / 4,
                basis.enforcers(),
                this::opened,
                this::announce,
                variant));
    anchors.put(anchor.endpoint(), anchorage);
    machine(anchorage.node(), anchorage::begin);
  }

  private void opened(Anchorage anchor, AdmissionService admission) {
    basis.openings().accept(anchor, admission);
  }

  /** An enforcer tells some replica that it has started, until one has heard. */
  private void announce(Life life, String enforcerId, String kind) {
    AnnounceEnforcer started = new AnnounceEnforcer(enforcerId, kind, "boot-" + ++ids);
    while (true) {
      try {
        Node replica = basis.chance().pick(replicas).node();
        NaipfEvents aipf = Remotes.of(NaipfEvents.class, basis.network(), life, replica);
        Call call = Call.within(enforcerId, life.node().clock().instant(), ANSWER_WITHIN);
        var _ = aipf.announceEnforcer(call, started);
        return;
      } catch (Refusal e) {
        basis.timeline().sleep(AGAIN.toNanos());
      }
    }
  }

  private CommitVerifier verifier(String enforcerId) {
    return basis.believers().of(enforcerId);
  }

  private void makeGate(String name) {
    Map<TransportAddress, Node> anchorNodes = new HashMap<>();
    anchors.forEach((endpoint, anchor) -> anchorNodes.put(endpoint, anchor.node()));
    Gate gate =
        new Gate(
            node(name),
            new Gate.Surroundings(
                basis.timeline(),
                basis.network(),
                basis.effects(),
                basis.chance().split(),
                new Gate.Skew(climate.terms().skewBound(), climate.terms().skewMargin()),
                anchorNodes,
                climate.ills(),
                basis.believers(),
                basis.enforcers(),
                this::announce,
                variant));
    gates.add(gate);
    machine(gate.node(), gate::begin);
  }

  private Core makeCore() {
    Pcf pcf = new Pcf(node("pcf"), basis.timeline(), basis.network(), basis.chance().split());
    QosJournal journal = new QosJournal(basis.effects(), basis.chance().split());
    Core made = new Core(node("qos"), basis.timeline(), journal, pcf);
    machine(pcf.node(), pcf::begin);
    machine(made.adapter(), made::begin);
    return made;
  }

  private StoreServer makeStore() {
    StoreServer made =
        new StoreServer(
            node("store"),
            new StoreServer.Surroundings(
                basis.timeline(), basis.network(), basis.effects(), basis.chance().split()),
            basis.durable());
    machine(made.node(), made::begin);
    return made;
  }

  private Surroundings surroundings(Offer offer) {
    Map<String, Node> anchorNodes = new TreeMap<>();
    anchors.values().forEach(anchor -> anchorNodes.put(anchor.node().name(), anchor.node()));
    Map<String, Node> gateNodes = new TreeMap<>();
    gates.forEach(gate -> gateNodes.put(gate.node().name(), gate.node()));
    return new Surroundings(
        basis.timeline(),
        basis.network(),
        offer.catalog(),
        offer.intents(),
        climate.config(),
        () -> String.format(Locale.ROOT, "id-%06d", ++ids),
        basis.signing(),
        store,
        climate.replicas() == 1,
        anchorNodes,
        gateNodes,
        core.adapter(),
        basis.reconciled(),
        variant);
  }

  /** Everything starts. */
  void start() {
    basis.network().weather(climate.weather());
    machines.values().forEach(machine -> machine.begin().run());
  }

  /** What it stands on. */
  Basis basis() {
    return basis;
  }

  /** What kind of history it is. */
  Climate climate() {
    return climate;
  }

  /** Every node with a process, by name. */
  Map<String, Machine> machines() {
    return machines;
  }

  /** A node that belongs to nobody here, such as a client's. */
  Node stranger(String name) {
    return node(name);
  }

  /** Anchors by endpoint. */
  Map<TransportAddress, Anchorage> anchors() {
    return anchors;
  }

  /** Gates. */
  List<Gate> gates() {
    return gates;
  }

  /** Replicas of the AIPF. */
  List<Replica> replicas() {
    return replicas;
  }

  /** The database. */
  StoreServer store() {
    return store;
  }

  /** QoS. */
  Core core() {
    return core;
  }
}
