package io.aipaging.nef;

import io.aipaging.nef.exposure.AppRegistry;
import io.aipaging.nef.exposure.ExposureService;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.contract.HttpNaipfPaging;
import io.aipaging.sbi.logging.Logging;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Composition root of the exposure function: the only place that names drivers. */
public final class NefMain {
  private final NefConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Vertx vertx;
  private final Metrics metrics = Metrics.ofProcess();
  private final @Nullable Tracing tracing;

  private NefMain(NefConfig config) {
    Logging.apply(config.logging());
    this.config = config;
    this.vertx = SbiVertx.create();
    closing.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    closing.push(metrics::close);
    this.tracing = Tracing.open(config.tracing(), "nf-nef-exposure");
    if (tracing != null) {
      closing.push(tracing::close);
    }
  }

  /** Runs the function with the configuration file named by the only argument. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: nef-exposure <configuration.yaml>");
      Runtime.getRuntime().exit(2);
    }
    NefConfig config =
        Configuration.load(NefConfig.class, Path.of(args[0]), System.getenv(), "AIPAGING_NEF");
    Nef nef = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(nef::close));
    System.out.println("ready " + nef.port().orElse(0));
    System.out.flush();
  }

  /** Starts the function against the paging function that {@code config.aipf} names. */
  public static Nef start(NefConfig config) {
    return start(config, null);
  }

  /**
   * Starts the function inside this process; what it leaves behind on failure is closed.
   *
   * @param inProcess the paging function when it runs in this process, else null
   */
  public static Nef start(NefConfig config, @Nullable NaipfPaging inProcess) {
    NefMain main = new NefMain(config);
    try {
      return main.wire(inProcess);
    } catch (RuntimeException e) {
      main.closing.forEach(Runnable::run);
      throw e;
    }
  }

  private Nef wire(@Nullable NaipfPaging inProcess) {
    NnefAipaging service =
        new MeasuredExposure(
            new ExposureService(
                inProcess == null ? remotePaging() : inProcess,
                AppRegistry.of(config.apps().stream().map(NefConfig.AppConfig::app).toList()),
                config.nfInstanceId(),
                clock),
            metrics);
    Optional<SbiServer> server = serve(service);
    OptionalInt managementPort = manage();
    return new Nef(service, server, managementPort, closing);
  }

  private NaipfPaging remotePaging() {
    NefConfig.Aipf aipf = config.aipf();
    if (aipf == null) {
      throw new IllegalArgumentException("aipf is required unless it runs in this process");
    }
    SbiClient client = SbiClient.create(aipf.client(), tokens(aipf.token()), clock, vertx);
    closing.push(client::close);
    return new HttpNaipfPaging(client);
  }

  private TokenSource tokens(@Nullable ClientCredentialsConfig token) {
    if (token == null) {
      return TokenSource.none();
    }
    ClientCredentials credentials = token.open(vertx);
    closing.push(credentials::close);
    return credentials;
  }

  private Optional<SbiServer> serve(NnefAipaging service) {
    ListenerConfig listener = config.listener();
    AccessTokensConfig oauth = config.oauth();
    if (listener == null || oauth == null) {
      return Optional.empty();
    }
    TokenPolicy policy = oauth.policy(vertx, closing::push);
    SbiServer server =
        ContractBindings.bind(
                SbiServer.builder(listener, policy, clock)
                    .vertx(vertx)
                    .metrics(metrics)
                    .tracing(tracing)
                    .forOutsiders(),
                service)
            .start();
    closing.push(server::close);
    return Optional.of(server);
  }

  private OptionalInt manage() {
    ManagementConfig management = config.management();
    if (management == null) {
      return OptionalInt.empty();
    }
    ManagementServer server = ManagementServer.start(management, metrics, Map.of(), vertx);
    closing.push(server::close);
    return OptionalInt.of(server.port());
  }
}
