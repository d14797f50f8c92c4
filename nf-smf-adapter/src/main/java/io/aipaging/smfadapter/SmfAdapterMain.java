package io.aipaging.smfadapter;

import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.smfadapter.keys.PublishedKeys;
import io.aipaging.smfadapter.steering.GateClock;
import io.aipaging.smfadapter.steering.SenderCheck;
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
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Composition root of the SMF adapter: the only place that names drivers. */
public final class SmfAdapterMain {
  private static final Logger LOG = LoggerFactory.getLogger(SmfAdapterMain.class);
  private static final Duration KEEP_TIME_EVERY = Duration.ofSeconds(1);

  private final SmfAdapterConfig config;
  private final GateClock clock = GateClock.ofSystem();
  private final Parts parts = new Parts();
  private final Vertx vertx;
  private final Metrics metrics;

  private SmfAdapterMain(SmfAdapterConfig config) {
    this.config = config;
    this.vertx = SbiVertx.create();
    parts.keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    this.metrics = parts.keep(Metrics.ofProcess());
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
    return start(config, null);
  }

  /**
   * Starts an adapter inside a process that has the AIPF Set's keys itself; what it leaves behind
   * on failure is closed.
   *
   * @param keyinfo the Set; null means the configured one
   */
  public static SmfAdapter start(SmfAdapterConfig config, @Nullable NaipfKeyinfo keyinfo)
      throws SteeringFailed {
    SmfAdapterMain main = new SmfAdapterMain(config);
    try {
      return main.wire(keyinfo == null ? main.remoteKeyinfo() : keyinfo);
    } catch (SteeringFailed | RuntimeException e) {
      main.parts.close();
      throw e;
    }
  }

  private SmfAdapter wire(NaipfKeyinfo keyinfo) throws SteeringFailed {
    PublishedKeys keys = new PublishedKeys(keyinfo, config.gate().enforcerId(), keysClock());
    FileGateJournal journal = parts.keep(FileGateJournal.open(config.gate().journal()));
    SteeringDriver driver = parts.keep(driver());
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
                verifier,
                driver,
                journal,
                new HttpAnchorProbe(),
                SenderCheck.NONE,
                new ReportingObserver(metrics)),
            clock);
    regularly("smf-keep-time", KEEP_TIME_EVERY, service::keepTime);
    regularly("smf-keys", PublishedKeys.REFRESH_EVERY, keys::refresh);
    Optional<SbiServer> server = serve(service);
    return new SmfAdapter(service, server, manage(driver, keys), parts);
  }

  private SteeringDriver driver() throws SteeringFailed {
    SmfAdapterConfig.Nftables kernel = config.nftables();
    if (kernel != null) {
      return NftablesDriver.open(kernel.driver());
    }
    return GatewayDriver.open(Objects.requireNonNull(config.gateway()).driver());
  }

  private NaipfKeyinfo remoteKeyinfo() {
    ClientConfig aipf = config.aipf();
    ClientCredentialsConfig token = config.token();
    if (aipf == null) {
      throw new IllegalArgumentException("aipf is needed for keys");
    }
    TokenSource tokens = token == null ? TokenSource.none() : parts.keep(token.open(vertx));
    return new HttpNaipfKeyinfo(
        parts.keep(SbiClient.create(aipf, tokens, clock.wallClock(), vertx)));
  }

  private Optional<SbiServer> serve(SteeringService service) {
    ListenerConfig listener = config.listener();
    AccessTokensConfig oauth = config.oauth();
    if (listener == null || oauth == null) {
      return Optional.empty();
    }
    TokenPolicy policy = oauth.policy(vertx, keys -> parts.keep(keys::run));
    SbiServer.Builder builder =
        SbiServer.builder(listener, policy, clock.wallClock()).vertx(vertx).metrics(metrics);
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

  private void regularly(String name, Duration every, Runnable task) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    parts.keep(timer::shutdownNow);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> guarded(name, task), 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void guarded(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("task", name).log("a regular task failed");
    }
  }

  private static boolean works(SteeringDriver driver) {
    try {
      return driver.live() != null;
    } catch (SteeringFailed e) {
      return false;
    }
  }

  private PublishedKeys.Clock keysClock() {
    return new PublishedKeys.Clock() {
      @Override
      public Instant wall() {
        return clock.wallClock().instant();
      }

      @Override
      public long nanos() {
        return clock.nanoClock().getAsLong();
      }
    };
  }
}
