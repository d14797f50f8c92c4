package io.aipaging.pcfadapter;

import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.pcfadapter.qosbinding.Lanes;
import io.aipaging.pcfadapter.qosbinding.QosBindingService;
import io.aipaging.pcfadapter.qosbinding.file.FileBindingJournal;
import io.aipaging.pcfadapter.qosbinding.n5.N5Callbacks;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfEvents;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.logging.Logging;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.trace.Work;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Composition root of the PCF adapter: with {@link CoreAccess} the only place to name drivers. */
public final class PcfAdapterMain {
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final int NOTIF_ID_BYTES = 16;

  private final PcfAdapterConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Parts parts = new Parts();
  private final List<Route> routes = new ArrayList<>();
  private final Vertx vertx;
  private final Metrics metrics = Metrics.ofProcess();
  private final @Nullable Tracing tracing;
  private final ReportingObserver observer;

  private PcfAdapterMain(PcfAdapterConfig config, @Nullable NaipfEvents aipf) {
    Logging.apply(config.logging());
    this.config = config;
    this.vertx = SbiVertx.create();
    var _ = parts.keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    var _ = parts.keep(metrics);
    this.tracing = Tracing.open(config.tracing(), "nf-pcf-adapter");
    if (tracing != null) {
      var _ = parts.keep(tracing);
    }
    this.observer = new ReportingObserver(metrics, reports(aipf == null ? remote() : aipf));
  }

  /** Runs the adapter with the configuration file named by the only argument. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: pcf-adapter <configuration.yaml>");
      Runtime.getRuntime().exit(2);
    }
    PcfAdapterConfig config =
        Configuration.load(
            PcfAdapterConfig.class, Path.of(args[0]), System.getenv(), "AIPAGING_PCFADAPTER");
    PcfAdapter adapter = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(adapter::close));
    System.out.println("ready " + adapter.port().orElse(0) + " " + adapter.callbackPort());
    System.out.flush();
  }

  /** Starts an adapter inside this process; what it leaves behind on failure is closed. */
  public static PcfAdapter start(PcfAdapterConfig config) {
    return start(config, null);
  }

  /**
   * Starts an adapter inside a process that has the AIPF, too.
   *
   * @param aipf is told what the core says of bindings; null means the configured one, if any
   */
  public static PcfAdapter start(PcfAdapterConfig config, @Nullable NaipfEvents aipf) {
    PcfAdapterMain main = new PcfAdapterMain(config, aipf);
    try {
      return main.wire();
    } catch (RuntimeException e) {
      main.parts.close();
      throw e;
    }
  }

  private @Nullable NaipfEvents remote() {
    PcfAdapterConfig.Aipf peer = config.aipf();
    if (peer == null) {
      return null;
    }
    TokenSource tokens = TokenSource.none();
    if (peer.token() != null) {
      tokens = parts.keep(peer.token().open(vertx));
    }
    return new HttpNaipfEvents(parts.keep(SbiClient.create(peer.client(), tokens, clock, vertx)));
  }

  private Consumer<ReportQosBinding> reports(@Nullable NaipfEvents aipf) {
    if (aipf == null) {
      return report -> {};
    }
    AipfReports reports = new AipfReports(aipf, clock);
    parts.aside("binding-reports", reports);
    return reports::add;
  }

  private PcfAdapter wire() {
    AtomicReference<QosBindingService> behindCallbacks = new AtomicReference<>();
    SbiServer callbacks = callbacks(behindCallbacks);
    QosBindingService service = service(callbackBase(callbacks.port()));
    behindCallbacks.set(service);
    parts.regularly("binding-sweeper", SWEEP, service::sweep);
    parts.regularly("pdu-session-check", config.bindings().checkEvery(), service::checkPduSessions);
    OptionalInt port = serve(service);
    OptionalInt managementPort = manage();
    return new PcfAdapter(
        service,
        new PcfAdapter.Ports(port, callbacks.port(), managementPort, List.copyOf(routes)),
        parts);
  }

  private QosBindingService service(String callbackBase) {
    CoreProfile.N5 n5 = config.core().profile().n5();
    CoreAccess core = parts.keep(new CoreAccess(config, vertx, metrics));
    FileBindingJournal journal = parts.keep(FileBindingJournal.open(config.journal()));
    Lanes lanes =
        parts.keep(
            new Lanes(
                config.lanes().limits(n5),
                Thread::sleep,
                Thread.ofVirtual().name("lane-", 0).factory(),
                new Lanes.Watch(metrics.timer("pcfadapter.n5.wait")::record, Work::carried)));
    QosBindingService service =
        new QosBindingService(
            new QosBindingService.Ports(
                new MeasuredPolicyAuthorization(core.policyAuthorization(callbackBase), metrics),
                n5.routes(),
                core.pduSessions(),
                journal,
                lanes,
                observer,
                clock),
            config.bindings().limits(n5),
            PcfAdapterMain::notifId);
    gauges(lanes, service);
    return service;
  }

  private void gauges(Lanes lanes, QosBindingService service) {
    metrics.gauge("pcfadapter.n5.queued", lanes::queued);
    metrics.gauge("pcfadapter.n5.inflight", lanes::inFlight);
    for (String state : QosBindingService.states()) {
      metrics.gauge("pcfadapter.bindings", () -> service.bindingsIn(state), "state", state);
    }
  }

  /** The listener comes first: its port is part of the callback URI. */
  private SbiServer callbacks(AtomicReference<QosBindingService> service) {
    SbiServer.Builder builder =
        SbiServer.builder(config.callback().listener(), noTokens(), clock)
            .vertx(vertx)
            .metrics(metrics)
            .tracing(tracing);
    new N5Callbacks(service::get).routes().forEach(builder::route);
    SbiServer started = parts.keep(builder.start());
    routes.addAll(started.routes());
    return started;
  }

  private String callbackBase(int port) {
    PcfAdapterConfig.Callback callback = config.callback();
    return callback.listener().reachedAt(port, callback.publicUri()) + N5Callbacks.PATH;
  }

  private OptionalInt serve(QosBindingService service) {
    ListenerConfig listener = config.listener();
    AccessTokensConfig oauth = config.oauth();
    if (listener == null || oauth == null) {
      return OptionalInt.empty();
    }
    TokenPolicy policy = oauth.policy(vertx, keys -> parts.keep(keys::run));
    SbiServer server =
        parts.keep(
            ContractBindings.bind(
                    SbiServer.builder(listener, policy, clock)
                        .vertx(vertx)
                        .metrics(metrics)
                        .tracing(tracing),
                    service)
                .start());
    routes.addAll(server.routes());
    return OptionalInt.of(server.port());
  }

  private OptionalInt manage() {
    ManagementConfig management = config.management();
    if (management == null) {
      return OptionalInt.empty();
    }
    ManagementServer server =
        parts.keep(
            ManagementServer.start(
                management, metrics, Map.of("journal", observer::journalWorks), vertx));
    return OptionalInt.of(server.port());
  }

  /** The callback listener serves public routes only and believes no token. */
  private static TokenPolicy noTokens() {
    return new TokenPolicy("none", Set.of("none"), KeySource.of(Map.of()));
  }

  private static String notifId() {
    byte[] bytes = new byte[NOTIF_ID_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
