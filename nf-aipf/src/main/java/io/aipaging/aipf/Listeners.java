package io.aipaging.aipf;

import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.contract.ContractBindings;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.management.ManagementServer;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.nrf.OfferedService;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.server.SbiServer;
import io.aipaging.sbi.trace.Tracing;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the AIPF serves: its contracts, and health and metrics. */
final class Listeners {
  /** {@code info.version} of the OpenAPI files of all that is served. */
  private static final String API_VERSION = "1.0.0";

  private final AipfConfig config;
  private final Vertx vertx;
  private final Metrics metrics;
  private final @Nullable Tracing tracing;
  private final Deque<Runnable> closing;

  /** What shows how the function works. */
  record Seen(Metrics metrics, @Nullable Tracing tracing) {}

  Listeners(AipfConfig config, Vertx vertx, Seen seen, Deque<Runnable> closing) {
    this.config = config;
    this.vertx = vertx;
    this.metrics = seen.metrics();
    this.tracing = seen.tracing();
    this.closing = closing;
  }

  /** Serves every contract of the AIPF; empty when none is served over the network. */
  Optional<SbiServer> serve(Aipf.Services services, InstantSource clock) {
    ListenerConfig listener = config.listener();
    AccessTokensConfig oauth = config.oauth();
    if (listener == null || oauth == null) {
      return Optional.empty();
    }
    TokenPolicy policy = oauth.policy(vertx, closing::push);
    NrfConfig nrf = config.nrf();
    SbiServer.Builder builder =
        SbiServer.builder(listener, policy, clock)
            .nfInstance(nrf == null ? null : nrf.nfInstanceId())
            .vertx(vertx)
            .metrics(metrics)
            .tracing(tracing);
    ContractBindings.bind(builder, services.paging());
    ContractBindings.bind(builder, services.keyinfo());
    SbiServer server = ContractBindings.bind(builder, services.events()).start();
    closing.push(server::close);
    register(listener, server.port());
    return Optional.of(server);
  }

  /** Tells the core's NRF what is served here (TS 29.510 §5.2.2.2). */
  private void register(ListenerConfig listener, int port) {
    NrfConfig registry = config.nrf();
    if (registry == null) {
      return;
    }
    boolean https = listener.tls() != null;
    List<OfferedService> offered =
        Stream.of("naipf-paging", "naipf-keyinfo", "naipf-events")
            .map(service -> new OfferedService(service, API_VERSION, https, port))
            .toList();
    Nrf nrf = Nrf.open(registry, config.core().profile(), new Nrf.Who("nf-aipf", offered), vertx);
    closing.push(nrf::close);
    metrics.gauge("aipf.nrf.registered", () -> nrf.registeredAs().isPresent() ? 1 : 0);
  }

  /** Serves health and metrics; empty when nobody wants them. */
  OptionalInt manage(Map<String, BooleanSupplier> readiness) {
    ManagementConfig management = config.management();
    if (management == null) {
      return OptionalInt.empty();
    }
    ManagementServer server = ManagementServer.start(management, metrics, readiness, vertx);
    closing.push(server::close);
    return OptionalInt.of(server.port());
  }
}
