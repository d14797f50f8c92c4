package io.aipaging.sbi.server;

import io.aipaging.openapi.Operation;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.config.TlsConfig;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenVerifier;
import io.aipaging.sbi.schema.ContractSchemas;
import io.aipaging.sbi.trace.Tracing;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.sbi.transport.TlsOptions;
import io.aipaging.sbi.wire.SbiHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Serves operations and raw routes on one listener: either cleartext (HTTP/2 by prior knowledge and
 * HTTP/1.1) or TLS 1.3 (ALPN h2 and http/1.1). Every request has its own virtual thread; there are
 * at most {@link ListenerConfig#concurrentRequestsMax} of them.
 */
public final class SbiServer implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  private final List<Route> routes;
  private final Dispatcher dispatcher;
  private final int bodyBytesMax;
  private final Places places;
  private final Overload overload;
  private final Load load;
  private final InstantSource clock;
  private final boolean servesNetwork;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sbi-", 0).factory());
  private final Vertx vertx;
  private final boolean ownsVertx;
  private final HttpServer server;

  /** Ends the look at renewed certificates. */
  private final Runnable stopFollowing;

  private SbiServer(Builder builder, Vertx vertx, boolean ownsVertx) {
    ListenerConfig listener = builder.listener;
    RouteTable table = new RouteTable();
    builder.endpoints.forEach(e -> table.add(e.route().method(), e.route().path(), e));
    this.routes = builder.endpoints.stream().map(Endpoint::route).toList();
    RequestLog log = new RequestLog(builder.metrics, builder.tracing);
    this.dispatcher =
        new Dispatcher(
            table,
            new Authenticator(new TokenVerifier(builder.policy, builder.clock)),
            listener,
            log,
            vertx,
            builder.clock);
    this.bodyBytesMax = listener.bodyBytesMax();
    this.clock = builder.clock;
    this.overload = new Overload(builder.nfInstance);
    this.load = new Load(builder.nfInstance);
    this.places = new Places(listener.concurrentRequestsMax());
    this.servesNetwork = builder.servesNetwork;
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    HttpServerOptions options = ServerOptions.of(listener);
    TlsConfig tls = listener.tls();
    TlsOptions.Renewal<HttpServer> renewal =
        tls == null ? (_, _) -> () -> {} : TlsOptions.apply(tls, options);
    this.server = vertx.createHttpServer(options);
    this.stopFollowing = renewal.follow(vertx, server);
    server
        .connectionHandler(UpgradeGuard::inspect)
        .exceptionHandler(failure -> refusedPeer(log, failure))
        .requestHandler(this::accept);
  }

  /** Connections fail for many reasons; those of TLS are about who may connect. */
  private static void refusedPeer(RequestLog log, Throwable failure) {
    if (failure instanceof SSLException) {
      log.handshakeFailed(failure);
    }
  }

  /** Starts building a server. */
  public static Builder builder(ListenerConfig listener, TokenPolicy policy, InstantSource clock) {
    return new Builder(listener, policy, clock);
  }

  /** The port listened on. */
  public int port() {
    return server.actualPort();
  }

  /** Everything mounted. */
  public List<Route> routes() {
    return routes;
  }

  /** Stops accepting, gives requests in work up to 5 s, closes. */
  @Override
  public void close() {
    stopFollowing.run();
    await(server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS));
    threads.shutdown();
    closeOwnVertx();
  }

  private void accept(HttpServerRequest request) {
    if (UpgradeGuard.refuses(request.connection())) {
      return;
    }
    tellLoad(request);
    Exchange exchange = new Exchange(request, vertx.getOrCreateContext(), bodyBytesMax);
    if (!places.take(priority(exchange))) {
      String told = overload.refused(clock.instant());
      dispatcher.turnAway(exchange, servesNetwork ? told : null);
      return;
    }
    overload.taken(clock.instant());
    threads.execute(
        () -> {
          try {
            dispatcher.dispatch(exchange);
          } finally {
            places.leave();
          }
        });
  }

  private void tellLoad(HttpServerRequest request) {
    String told = servesNetwork ? load.due(clock.instant(), places.takenPercent()) : null;
    if (told != null) {
      request.response().putHeader(Load.HEADER, told);
    }
  }

  /** What cannot be read counts as not said; it is refused for that later on. */
  private int priority(Exchange exchange) {
    List<String> said = servesNetwork ? exchange.headers(SbiHeaders.MESSAGE_PRIORITY) : List.of();
    return said.size() == 1
        ? SbiHeaders.priority(said.getFirst()).orElse(Places.PRIORITY_DEFAULT)
        : Places.PRIORITY_DEFAULT;
  }

  private SbiServer listen() {
    await(server.listen());
    return this;
  }

  private void closeOwnVertx() {
    if (ownsVertx) {
      await(vertx.close());
    }
  }

  private static void await(io.vertx.core.Future<?> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }

  /** Collects what a server serves. */
  public static final class Builder {
    private static final int IDEMPOTENT_ANSWERS_MAX = 10_000;
    private static final Duration IDEMPOTENT_ANSWERS_KEPT = Duration.ofMinutes(10);

    private final ListenerConfig listener;
    private final TokenPolicy policy;
    private final InstantSource clock;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final ContractSchemas schemas = new ContractSchemas();
    private final Idempotency<Answer> idempotency =
        new Idempotency<>(
            IDEMPOTENT_ANSWERS_MAX,
            IDEMPOTENT_ANSWERS_KEPT,
            answer -> !answer.passing(),
            System::nanoTime);
    private boolean servesNetwork = true;
    private UUID nfInstance = UUID.randomUUID();
    private @Nullable Vertx vertx;
    private @Nullable Metrics metrics;
    private @Nullable Tracing tracing;

    private Builder(ListenerConfig listener, TokenPolicy policy, InstantSource clock) {
      this.listener = listener;
      this.policy = policy;
      this.clock = clock;
    }

    /** Runs on {@code shared} instead of a Vert.x of its own. */
    public Builder vertx(Vertx shared) {
      this.vertx = shared;
      return this;
    }

    /**
     * Callers are no part of this network: they do not say how important they are, and are not told
     * how much is turned away.
     */
    public Builder forOutsiders() {
      this.servesNetwork = false;
      return this;
    }

    /** The NF instance that serves, as an NRF knows it; without one, one of this server alone. */
    public Builder nfInstance(@Nullable UUID known) {
      this.nfInstance = known == null ? nfInstance : known;
      return this;
    }

    /** Traces requests; null does not. */
    public Builder tracing(@Nullable Tracing traced) {
      this.tracing = traced;
      return this;
    }

    /** Measures requests. */
    public Builder metrics(Metrics measured) {
      this.metrics = measured;
      return this;
    }

    /**
     * Serves one operation.
     *
     * @throws IllegalStateException when its OpenAPI file does not have it
     */
    public <Q, R> Builder bind(Operation<Q, R> operation, OperationHandler<Q, R> handler) {
      RequestReader<Q> reader =
          new RequestReader<>(operation.request(), schemas.operation(operation), clock);
      endpoints.add(new OperationEndpoint<>(operation, reader, handler, idempotency, clock));
      return this;
    }

    /** Serves one raw route. */
    public Builder route(RawRoute route) {
      endpoints.add(new RawEndpoint(route, clock));
      return this;
    }

    /**
     * Listens.
     *
     * @throws RuntimeException when the port cannot be bound or a certificate cannot be read
     */
    public SbiServer start() {
      Vertx shared = vertx;
      if (shared != null) {
        return new SbiServer(this, shared, false).listen();
      }
      Vertx own = SbiVertx.create();
      try {
        return new SbiServer(this, own, true).listen();
      } catch (RuntimeException e) {
        await(own.close());
        throw e;
      }
    }
  }
}
