package io.aipaging.pcfadapter;

import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.pcfadapter.qosbinding.Lanes;
import io.aipaging.pcfadapter.qosbinding.QosBindingService;
import io.aipaging.pcfadapter.qosbinding.file.FileBindingJournal;
import io.aipaging.pcfadapter.qosbinding.n5.N5Callbacks;
import io.aipaging.pcfadapter.qosbinding.n5.N5PolicyAuthorization;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfEvents;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.oauth.KeySource;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Composition root of the PCF adapter: the only place that names drivers. */
public final class PcfAdapterMain {
  private static final Logger LOG = LoggerFactory.getLogger(PcfAdapterMain.class);
  private static final Duration SWEEP = Duration.ofMillis(100);
  private static final int NOTIF_ID_BYTES = 16;

  private final PcfAdapterConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final List<Route> routes = new ArrayList<>();
  private final Vertx vertx;
  private final Metrics metrics = Metrics.ofProcess();
  private final ReportingObserver observer;

  private PcfAdapterMain(PcfAdapterConfig config, @Nullable NaipfEvents aipf) {
    this.config = config;
    this.vertx = SbiVertx.create();
    closing.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    closing.push(metrics::close);
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
      main.closing.forEach(Runnable::run);
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
      ClientCredentials credentials = peer.token().open(vertx);
      closing.push(credentials::close);
      tokens = credentials;
    }
    SbiClient client = SbiClient.create(peer.client(), tokens, clock, vertx);
    closing.push(client::close);
    return new HttpNaipfEvents(client);
  }

  private Consumer<ReportQosBinding> reports(@Nullable NaipfEvents aipf) {
    if (aipf == null) {
      return report -> {};
    }
    AipfReports reports = new AipfReports(aipf, clock);
    Thread reporter = Thread.ofVirtual().name("binding-reports").start(reports);
    closing.push(reporter::interrupt);
    return reports::add;
  }

  private PcfAdapter wire() {
    AtomicReference<QosBindingService> behindCallbacks = new AtomicReference<>();
    SbiServer callbacks = callbacks(behindCallbacks);
    QosBindingService service = service(callbackBase(callbacks.port()));
    behindCallbacks.set(service);
    sweepRegularly(service);
    OptionalInt port = serve(service);
    OptionalInt managementPort = manage();
    return new PcfAdapter(
        service,
        new PcfAdapter.Ports(port, callbacks.port(), managementPort, List.copyOf(routes)),
        closing);
  }

  private QosBindingService service(String callbackBase) {
    RawClient client = RawClient.create(config.pcf().client(), vertx);
    closing.push(client::close);
    FileBindingJournal journal = FileBindingJournal.open(config.journal());
    closing.push(journal::close);
    Lanes lanes =
        new Lanes(
            config.lanes().limits(), Thread::sleep, Thread.ofVirtual().name("lane-", 0).factory());
    closing.push(lanes::close);
    N5PolicyAuthorization core =
        new N5PolicyAuthorization(
            client, config.pcf().profile(), callbackBase, config.pcf().answerWithin());
    return new QosBindingService(
        new QosBindingService.Ports(core, journal, lanes, observer, clock),
        config.bindings().limits(),
        PcfAdapterMain::notifId);
  }

  /** The listener comes first: its port is part of the callback URI. */
  private SbiServer callbacks(AtomicReference<QosBindingService> service) {
    SbiServer.Builder builder =
        SbiServer.builder(config.callback().listener(), noTokens(), clock)
            .vertx(vertx)
            .metrics(metrics);
    new N5Callbacks(service::get).routes().forEach(builder::route);
    SbiServer started = builder.start();
    closing.push(started::close);
    routes.addAll(started.routes());
    return started;
  }

  private String callbackBase(int port) {
    URI publicUri = config.callback().publicUri();
    if (publicUri != null) {
      return publicUri.toString().replaceAll("/+$", "") + N5Callbacks.PATH;
    }
    String host = config.callback().listener().host();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + literal + ":" + port + N5Callbacks.PATH;
  }

  private OptionalInt serve(QosBindingService service) {
    ListenerConfig listener = config.listener();
    AccessTokensConfig oauth = config.oauth();
    if (listener == null || oauth == null) {
      return OptionalInt.empty();
    }
    TokenPolicy policy = oauth.policy(vertx, closing::push);
    SbiServer server =
        ContractBindings.bind(
                SbiServer.builder(listener, policy, clock).vertx(vertx).metrics(metrics), service)
            .start();
    closing.push(server::close);
    routes.addAll(server.routes());
    return OptionalInt.of(server.port());
  }

  private OptionalInt manage() {
    ManagementConfig management = config.management();
    if (management == null) {
      return OptionalInt.empty();
    }
    ManagementServer server =
        ManagementServer.start(
            management, metrics, Map.of("journal", observer::journalWorks), vertx);
    closing.push(server::close);
    return OptionalInt.of(server.port());
  }

  private void sweepRegularly(QosBindingService service) {
    Thread sweeper = Thread.ofVirtual().name("binding-sweeper").start(() -> sweepOn(service));
    closing.push(sweeper::interrupt);
  }

  private static void sweepOn(QosBindingService service) {
    try {
      while (true) {
        Thread.sleep(SWEEP);
        sweepOnce(service);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sweepOnce(QosBindingService service) {
    try {
      service.sweep();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("sweep failed, the next one follows");
    }
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
