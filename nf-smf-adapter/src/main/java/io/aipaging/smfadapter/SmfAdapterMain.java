package io.aipaging.smfadapter;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.protocol.enforcer.PublishedKeys;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfEvents;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.logging.Logging;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.process.Announcement;
import io.aipaging.sbi.process.Insistence;
import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.smfadapter.steering.SteeringConfig;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import io.aipaging.smfadapter.steering.SteeringPorts;
import io.aipaging.smfadapter.steering.SteeringService;
import io.aipaging.smfadapter.steering.gateway.GatewayDriver;
import io.aipaging.smfadapter.steering.journal.FileGateJournal;
import io.aipaging.smfadapter.steering.nftables.NftablesDriver;
import io.aipaging.smfadapter.steering.probe.HttpAnchorProbe;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Composition root of the SMF adapter: the only place that names drivers. */
public final class SmfAdapterMain {
  private static final Duration KEEP_TIME_EVERY = Duration.ofSeconds(1);
  private static final Duration MEND_EVERY = Duration.ofMillis(200);

  private final SmfAdapterConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Parts parts = new Parts();
  private final Vertx vertx;
  private final Metrics metrics;
  private final @Nullable Tracing tracing;

  private SmfAdapterMain(SmfAdapterConfig config) {
    Logging.apply(config.logging());
    this.config = config;
    this.vertx = SbiVertx.create();
    parts.keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    this.metrics = parts.keep(Metrics.ofProcess());
    this.tracing = Tracing.open(config.tracing(), "nf-smf-adapter");
    if (tracing != null) {
      var _ = parts.keep(tracing);
    }
  }

  /** Runs the adapter with the configuration file named by the only argument. */
  public static void main(String[] arguments) throws SteeringFailed {
    if (arguments.length != 1) {
      System.err.println("usage: smf-adapter <configuration.yaml>");
      Runtime.getRuntime().exit(2);
    }
    SmfAdapterConfig config =
        Configuration.load(
            SmfAdapterConfig.class, Path.of(arguments[0]), System.getenv(), "AIPAGING_SMFADAPTER");
    SmfAdapter adapter = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(adapter::close));
    System.out.println(
        "ready " + adapter.port().orElse(0) + " " + adapter.managementPort().orElse(0));
    System.out.flush();
  }

  /**
   * Starts an adapter that fetches keys from the configured AIPF Set.
   *
   * @throws SteeringFailed when the driver cannot take over the gate
   */
  public static SmfAdapter start(SmfAdapterConfig config) throws SteeringFailed {
    return start(config, null, null);
  }

  /**
   * Starts an adapter inside a process that has the AIPF Set's keys itself; what it leaves behind
   * on failure is closed.
   *
   * @param keyinfo the Set; null means the configured one
   * @param events who hears, in the same process, that the gate has started and that the core
   *     changes paths; null tells nobody, and is ignored without {@code keyinfo}
   */
  public static SmfAdapter start(
      SmfAdapterConfig config, @Nullable NaipfKeyinfo keyinfo, @Nullable NaipfEvents events)
      throws SteeringFailed {
    SmfAdapterMain main = new SmfAdapterMain(config);
    try {
      return main.wire(keyinfo == null ? main.remote() : new Aipf(keyinfo, events));
    } catch (SteeringFailed | RuntimeException e) {
      main.parts.close();
      throw e;
    }
  }

  /**
   * The AIPF Set.
   *
   * @param keyinfo its keys
   * @param events who is told that the gate has started; null tells nobody, because a host process
   *     starts and ends with its gate
   */
  private record Aipf(NaipfKeyinfo keyinfo, @Nullable NaipfEvents events) {}

  private SmfAdapter wire(Aipf aipf) throws SteeringFailed {
    PublishedKeys keys = new PublishedKeys(() -> published(aipf.keyinfo()), System::nanoTime);
    FileGateJournal journal = parts.keep(FileGateJournal.open(config.gate().journal()));
    SteeringDriver driver =
        following(new MeasuredDriver(parts.keep(driver()), metrics), aipf.events());
    DeniedTraffic.show(driver, metrics);
    CommitVerifier verifier =
        new CommitVerifier(
            keys,
            config.gate().aipfIssuer(),
            config.gate().enforcerId(),
            config.gate().skewBound());
    SteeringService service =
        SteeringService.open(
            config.gate().steering(),
            new SteeringPorts(
                verifier, driver, journal, new HttpAnchorProbe(), new ReportingObserver(metrics)),
            gateClock());
    parts.regularly("smf-keep-time", KEEP_TIME_EVERY, service::keepTime);
    parts.regularly("smf-mend", MEND_EVERY, service::mend);
    parts.regularly("smf-keys", PublishedKeys.REFRESH_EVERY, keys::refresh);
    Optional<SbiServer> server = serve(service);
    OptionalInt management = manage(driver, keys);
    announce(aipf.events());
    return new SmfAdapter(service, server, management, parts);
  }

  private void announce(@Nullable NaipfEvents events) {
    if (events != null) {
      AnnounceEnforcer started =
          new AnnounceEnforcer(config.gate().enforcerId(), "GATE", UUID.randomUUID().toString());
      parts.aside("smf-announce", new Announcement(events, started, clock, Insistence.PATIENT));
    }
  }

  private List<Map<String, Object>> published(NaipfKeyinfo keyinfo) {
    Call call =
        Call.within(config.gate().enforcerId(), clock.instant(), PublishedKeys.FETCH_TIME_MAX);
    return keyinfo.getKeys(call, new GetKeys()).keys();
  }

  /** Steady time is what the kernel's and the gateway's own timeouts run by. */
  private EnforcerClock gateClock() {
    SteeringConfig steering = config.gate().steering();
    return new EnforcerClock(clock, System::nanoTime, steering.skewBound(), steering.skewMargin());
  }

  private SteeringDriver following(SteeringDriver gate, @Nullable NaipfEvents events) {
    CorePathConfig core = config.corePath();
    return core == null
        ? gate
        : new SmfAdapterCorePath(
                core,
                config.gate().enforcerId(),
                clock,
                new SmfAdapterCorePath.Surroundings(parts, vertx, metrics, events))
            .following(gate);
  }

  private SteeringDriver driver() throws SteeringFailed {
    SmfAdapterConfig.Nftables kernel = config.nftables();
    if (kernel != null) {
      return NftablesDriver.open(kernel.driver());
    }
    return GatewayDriver.open(Objects.requireNonNull(config.gateway()).driver());
  }

  private Aipf remote() {
    ClientConfig aipf = config.aipf();
    ClientCredentialsConfig token = config.token();
    if (aipf == null) {
      throw new IllegalArgumentException("aipf is needed for keys");
    }
    TokenSource tokens = token == null ? TokenSource.none() : parts.keep(token.open(vertx));
    SbiClient client = parts.keep(SbiClient.create(aipf, tokens, clock, vertx));
    return new Aipf(new HttpNaipfKeyinfo(client), new HttpNaipfEvents(client));
  }

  private Optional<SbiServer> serve(SteeringService service) {
    ListenerConfig listener = config.listener();
    AccessTokensConfig oauth = config.oauth();
    if (listener == null || oauth == null) {
      return Optional.empty();
    }
    TokenPolicy policy = oauth.policy(vertx, keys -> parts.keep(keys::run));
    SbiServer.Builder builder =
        SbiServer.builder(listener, policy, clock).vertx(vertx).metrics(metrics).tracing(tracing);
    return Optional.of(parts.keep(ContractBindings.bind(builder, service).start()));
  }

  private OptionalInt manage(SteeringDriver driver, PublishedKeys keys) {
    ManagementConfig management = config.management();
    if (management == null) {
      return OptionalInt.empty();
    }
    ManagementServer server =
        parts.keep(
            ManagementServer.start(
                management,
                metrics,
                Map.of("gate", () -> works(driver), "keys", keys::available),
                vertx));
    return OptionalInt.of(server.port());
  }

  private static boolean works(SteeringDriver driver) {
    try {
      return driver.isUndisturbed();
    } catch (SteeringFailed e) {
      return false;
    }
  }
}
