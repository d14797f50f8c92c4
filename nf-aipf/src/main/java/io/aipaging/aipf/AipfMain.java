package io.aipaging.aipf;

import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.yaml.CatalogYaml;
import io.aipaging.aipf.enforcement.AnchorDirectory;
import io.aipaging.aipf.enforcement.AnchorWatch;
import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.intent.IntentResolver;
import io.aipaging.aipf.intent.SentenceEmbedder;
import io.aipaging.aipf.intent.minilm.MiniLmSentenceEmbedder;
import io.aipaging.aipf.keyfile.KeyFileWatch;
import io.aipaging.aipf.keyfile.KeyFiles;
import io.aipaging.aipf.keys.KeyRing;
import io.aipaging.aipf.keys.ListedKeys;
import io.aipaging.aipf.lease.Ids;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseMachine;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.paging.CatalogServices;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.Reconciler;
import io.aipaging.aipf.relocation.CatalogTargets;
import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.sbi.KeyinfoService;
import io.aipaging.aipf.selection.AnchorSelection;
import io.aipaging.aipf.strand.virtual.VirtualStrands;
import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.aipf.upkeep.wheel.WheelAlarm;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.protocol.enforcer.BootClock;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.logging.Logging;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.transport.SbiVertx;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Composition root of the AIPF: the only place that names drivers. */
public final class AipfMain {
  private static final Duration KEEP_TIME_EVERY = Duration.ofSeconds(1);
  private static final Duration KEYS_EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);
  private static final Duration HOUSEKEEPING = Duration.ofSeconds(30);
  private final AipfConfig config;
  private final AipfWiring wiring;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Vertx vertx;
  private final Metrics metrics = Metrics.ofProcess();
  private final ReconcileMetrics reconciled;
  private final Observers observers = new Observers(metrics);
  private final Counter compactions = metrics.counter("aipf.store.compactions");
  private final VirtualStrands strands = new VirtualStrands();
  private final Background background = new Background(strands, closing);
  private final LeaseClock clock;
  private final @Nullable Tracing tracing;

  private AipfMain(AipfConfig config, AipfWiring wiring) {
    Logging.apply(config.logging());
    this.config = config;
    this.wiring = wiring;
    this.reconciled = new ReconcileMetrics(metrics, wiring.clock(), System::nanoTime);
    this.clock =
        new LeaseClock(
            wiring.clock(), wiring.steady() == null ? BootClock.open() : wiring.steady());
    this.vertx = SbiVertx.create();
    closing.push(() -> SbiVertx.close(vertx, CLOSE_TIME));
    closing.push(metrics::close);
    this.tracing = Tracing.open(config.tracing(), "nf-aipf");
    if (tracing != null) {
      closing.push(tracing::close);
    }
    closing.push(strands::close);
  }

  /** Runs the function with the configuration file named by the only argument. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: aipf <configuration.yaml>");
      Runtime.getRuntime().exit(2);
    }
    AipfConfig config =
        Configuration.load(AipfConfig.class, Path.of(args[0]), System.getenv(), "AIPAGING_AIPF");
    Aipf aipf = start(config, AipfWiring.remote());
    Runtime.getRuntime().addShutdownHook(new Thread(aipf::close));
    System.out.println("ready " + aipf.port().orElse(0));
    System.out.flush();
  }

  /** Starts the function; what it leaves behind on failure is closed. */
  public static Aipf start(AipfConfig config, AipfWiring wiring) {
    AipfMain main = new AipfMain(config, wiring);
    try {
      return main.wire();
    } catch (RuntimeException e) {
      main.closing.forEach(Runnable::run);
      throw e;
    }
  }

  /** The Set's keys as {@code config} names them; makes the one beside a fresh store. */
  public static SigningKeys signingKeys(AipfConfig config) {
    return Storage.signingKeys(config);
  }

  private Aipf wire() {
    Catalog catalog = CatalogYaml.load(config.catalog(), wiring.environment());
    Peers peers = new Peers(config, vertx, wiring.clock(), closing);
    AnchorDirectory anchors = wiring.anchors() == null ? peers.anchors(catalog) : wiring.anchors();
    AnchorWatch watch = watch(catalog, anchors);
    Enforcement enforcement =
        new Enforcement(
            config.nfInstanceId(),
            new Enforcement.Peers(
                wiring.gates() == null ? peers.gates() : wiring.gates(),
                anchors,
                wiring.qos() == null ? peers.qos() : wiring.qos()),
            strands);
    OpenStore store = storage();
    KeyRing keys = keys(store);
    SessionKeeper keeper = keeper(store);
    background.regularly("aipf-keep-time", KEEP_TIME_EVERY, keeper::keepTime);
    Procedures.Served served =
        procedures(new MeasuredStore(store.sessions(), metrics), enforcement, keys)
            .serve(
                new Procedures.Places(
                    catalog,
                    watch,
                    services(catalog, new AnchorSelection(watch)),
                    new CatalogTargets(catalog, new AnchorSelection(watch))),
                new Procedures.Surroundings(
                    ueHashKey(),
                    observers.stages(wiring.stages()),
                    keeper,
                    new Procedures.Reconciling(
                        store.ownership(), peers.enforcers(catalog), reconciled),
                    new RelocationDispatcher.Surroundings(
                        store.ownership(), strands, new MoveMetrics(metrics)),
                    new Leases.Surroundings(
                        store.ownership().runner(), observers.watcher(keeper))));
    closing.push(store.news().tell(keeper::look, keeper::adoptAgain));
    watch.listen(served.conditions());
    background.start("aipf-anchor-watch", watch::run);
    Aipf.Services all =
        new Aipf.Services(served.paging(), new KeyinfoService(keys), served.events());
    Listeners listeners =
        new Listeners(config, vertx, new Listeners.Seen(metrics, tracing), closing);
    Optional<SbiServer> server = listeners.serve(all, wiring.clock());
    OptionalInt managementPort =
        listeners.manage(
            Map.of("anchors", () -> anyHealthy(catalog, watch), "store", store::usable));
    reconcile(served.reconciler());
    return new Aipf(all, server, managementPort, closing);
  }

  private Procedures procedures(LeaseStore store, Enforcement enforcement, KeyRing keys) {
    return new Procedures(
        config,
        clock,
        store,
        new Procedures.Outside(enforcement, strands),
        new Procedures.Inside(
            new MeasuredSigning(keys, metrics),
            Ids.random(),
            new LeaseMachine(config.lease().terms())));
  }

  private void reconcile(Reconciler reconciler) {
    reconciler.start();
    for (Peer peer : reconciler.peers()) {
      reconciled.expect(peer);
      background.start(
          "aipf-reconcile",
          () -> {
            while (!Thread.currentThread().isInterrupted()) {
              strands.pause(reconciler.round(peer));
            }
          });
    }
  }

  private AnchorWatch watch(Catalog catalog, AnchorDirectory anchors) {
    List<String> ids = catalog.anchors().stream().map(Anchor::id).toList();
    AnchorWatch watch =
        new AnchorWatch(
            new AnchorWatch.Question(config.nfInstanceId(), ids, config.limits().anchorInterval()),
            anchors,
            wiring.clock(),
            strands);
    watch.ask();
    for (String id : ids) {
      metrics.gauge(
          "aipf.anchor.healthy",
          () -> watch.healthOf(id).filter(h -> h.healthy()).isPresent() ? 1 : 0,
          "anchor",
          id);
    }
    return watch;
  }

  private CatalogServices services(Catalog catalog, AnchorSelection selection) {
    SentenceEmbedder embedder =
        wiring.embedder() == null ? new MiniLmSentenceEmbedder() : wiring.embedder();
    return new CatalogServices(catalog, new IntentResolver(catalog, embedder), selection);
  }

  private OpenStore storage() {
    OpenStore store = Storage.open(config, vertx, clock::certain);
    closing.push(store::close);
    metrics.gauge("aipf.store.usable", () -> store.usable() ? 1 : 0);
    background.regularly("aipf-housekeeping", HOUSEKEEPING, () -> keepHouse(store.sessions()));
    return store;
  }

  private void keepHouse(LeaseStore store) {
    while (store.compact(clock.certain()) > 0) {
      compactions.increment();
    }
  }

  private SessionKeeper keeper(OpenStore store) {
    return new SessionKeeper(
        store.sessions(),
        config.lease().terms(),
        new SessionKeeper.Surroundings(store.ownership(), strands, clock),
        wiring.alarms() == null ? this::wheel : wiring.alarms());
  }

  private Alarm wheel(Alarm.Bell bell) {
    WheelAlarm alarm = new WheelAlarm(bell);
    closing.push(alarm::close);
    return alarm;
  }

  private KeyRing keys(OpenStore store) {
    KeysConfig terms = config.keys();
    KeyRing.Opening opening =
        new KeyRing.Opening(
            store.keys().get(),
            new KeyRing.Times(terms.publishBefore(), terms.retireMargin()),
            System::nanoTime,
            SigningKeyRing.observer(metrics));
    SigningKeys wired = wiring.signingKeys();
    List<Path> files = wired == null ? Storage.keyFiles(config) : List.of();
    KeyRing ring;
    if (files.isEmpty()) {
      ring = KeyRing.open(opening, ListedKeys.of(wired == null ? SigningKeys.generate() : wired));
    } else {
      KeyFileWatch watch = KeyFileWatch.of(files);
      KeyRing watched = KeyRing.open(opening, watch.first());
      ring = watched;
      Runnable look = () -> watch.look(watched::take);
      background.regularly("aipf-key-files", KEYS_EVERY, SigningKeyRing.whileThereIsAStore(look));
    }
    background.regularly("aipf-keys", KEYS_EVERY, SigningKeyRing.whileThereIsAStore(ring::tend));
    metrics.gauge("aipf.signing.keys", () -> ring.published().size());
    return ring;
  }

  private UeHashKey ueHashKey() {
    if (wiring.ueHashKey() != null) {
      return wiring.ueHashKey();
    }
    Path file = config.keys().ueHashFile();
    if (file == null) {
      throw new IllegalArgumentException("keys.ue-hash-file is required unless wired in-process");
    }
    return KeyFiles.ueHash(file);
  }

  private static boolean anyHealthy(Catalog catalog, AnchorWatch watch) {
    return catalog.anchors().stream()
        .anyMatch(anchor -> watch.healthOf(anchor.id()).filter(h -> h.healthy()).isPresent());
  }
}
