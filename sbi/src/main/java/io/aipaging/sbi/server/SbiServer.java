package io.aipaging.sbi.server;

import io.aipaging.openapi.Operation;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.config.TlsConfig;
import io.aipaging.sbi.oauth.TokenPolicy;
import io.aipaging.sbi.oauth.TokenVerifier;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.sbi.transport.TlsOptions;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves operations and raw routes on one listener. Every request has its own virtual thread. */
public final class SbiServer implements AutoCloseable {
  private static final long SHUTDOWN_SECONDS = 5;

  private final HttpServer server;
  private final ExecutorService threads;
  private final @Nullable Vertx ownVertx;
  private final List<Route> routes;

  private SbiServer(
      HttpServer server, ExecutorService threads, @Nullable Vertx ownVertx, List<Route> routes) {
    this.server = server;
    this.threads = threads;
    this.ownVertx = ownVertx;
    this.routes = List.copyOf(routes);
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

  /** Stops accepting, gives requests in work a moment, closes. */
  @Override
  public void close() {
    server
        .shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    threads.shutdown();
    if (ownVertx != null) {
      ownVertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** Collects what a server serves. */
  public static final class Builder {
    private static final Duration CONGESTED_FOR = Duration.ofSeconds(1);

    private final ListenerConfig listener;
    private final TokenPolicy policy;
    private final InstantSource clock;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable Vertx vertx;

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

    /** Serves one operation. */
    public <Q, R> Builder bind(Operation<Q, R> operation, OperationHandler<Q, R> handler) {
      endpoints.add(new OperationEndpoint<>(operation, handler, clock));
      return this;
    }

    /** Serves one raw route. */
    public Builder route(RawRoute route) {
      endpoints.add(new RawEndpoint(route, clock));
      return this;
    }

    /** Listens. */
    public SbiServer start() {
      Vertx own = vertx == null ? SbiVertx.create() : null;
      Vertx used = own == null ? java.util.Objects.requireNonNull(vertx) : own;
      RouteTable table = new RouteTable();
      endpoints.forEach(e -> table.add(e.route().method(), e.route().path(), e));
      Dispatcher dispatcher =
          new Dispatcher(
              table, new Authenticator(new TokenVerifier(policy, clock)), listener, used, clock);
      ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("sbi-", 0).factory());
      Semaphore places = new Semaphore(listener.concurrentRequestsMax());
      HttpServer server =
          used.createHttpServer(options())
              .requestHandler(request -> accept(request, used, dispatcher, threads, places));
      server.listen().toCompletionStage().toCompletableFuture().join();
      return new SbiServer(server, threads, own, endpoints.stream().map(Endpoint::route).toList());
    }

    private void accept(
        HttpServerRequest request,
        Vertx used,
        Dispatcher dispatcher,
        ExecutorService threads,
        Semaphore places) {
      Context context = used.getOrCreateContext();
      Exchange exchange = new Exchange(request, context, listener.bodyBytesMax());
      if (!places.tryAcquire()) {
        exchange.answer(
            Answer.of(
                Refusal.of(503, "NF_CONGESTION", "Too many requests are in work.")
                    .retryAfter(CONGESTED_FOR)));
        return;
      }
      threads.execute(
          () -> {
            try {
              dispatcher.dispatch(exchange);
            } finally {
              places.release();
            }
          });
    }

    private HttpServerOptions options() {
      HttpServerOptions options =
          new HttpServerOptions()
              .setHost(listener.host())
              .setPort(listener.port())
              .setIdleTimeout((int) listener.idleTimeout().toSeconds())
              .setMaxHeaderSize(listener.headerBytesMax())
              .setMaxInitialLineLength(8_192)
              .setHttp2ClearTextEnabled(listener.tls() == null)
              .setInitialSettings(
                  new Http2Settings()
                      .setMaxConcurrentStreams(listener.concurrentStreamsMax())
                      .setMaxHeaderListSize(listener.headerBytesMax()));
      TlsConfig tls = listener.tls();
      if (tls != null) {
        TlsOptions.apply(tls, options);
      }
      return options;
    }
  }
}
