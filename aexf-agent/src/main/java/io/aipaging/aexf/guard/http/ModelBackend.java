package io.aipaging.aexf.guard.http;

import io.aipaging.aexf.admission.AnchorLoad;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The client side of the model server: pooled connections, health checks, requests in flight. */
public final class ModelBackend implements AnchorLoad, AutoCloseable {
  /** Checks that must fail in a row before a model server that was healthy counts as lost. */
  private static final int FAILURES_TOLERATED = 1;

  private static final int KEEP_ALIVE_SECONDS = 10;

  private final Vertx vertx;
  private final ModelConfig config;
  private final HttpClient client;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final long timer;
  private volatile boolean healthy;
  private volatile int failures;

  /** Begins to check its health; until the first check has succeeded it is not healthy. */
  public ModelBackend(Vertx vertx, ModelConfig config) {
    this.vertx = vertx;
    this.config = config;
    HttpClientOptions options =
        new HttpClientOptions()
            .setDefaultHost(config.host())
            .setDefaultPort(config.port())
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setConnectTimeout((int) config.connectTimeout().toMillis())
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS);
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(config.connectionsMax())
            .setMaxWaitQueueSize(config.connectionsMax());
    client = vertx.createHttpClient(options, pool);
    timer = vertx.setPeriodic(config.healthInterval().toMillis(), tick -> check());
  }

  @Override
  public boolean healthy() {
    return healthy;
  }

  @Override
  public int requestsInFlight() {
    return inFlight.get();
  }

  /** Asks now; never fails. */
  public Future<Void> check() {
    return open(HttpMethod.GET, config.healthPath())
        .compose(HttpClientRequest::send)
        .compose(answer -> answer.end().map(end -> answer))
        .timeout(config.connectTimeout().toMillis() * 2, TimeUnit.MILLISECONDS)
        .map(HttpClientResponse::statusCode)
        .otherwise(0)
        .map(
            status -> {
              note(status == 200);
              return null;
            });
  }

  private synchronized void note(boolean answered) {
    failures = answered ? 0 : failures + 1;
    healthy = answered || (healthy && failures <= FAILURES_TOLERATED);
  }

  /** A request that is not sent yet. */
  Future<HttpClientRequest> open(HttpMethod method, String target) {
    return client.request(
        new RequestOptions()
            .setMethod(method)
            .setURI(target)
            .setConnectTimeout(config.connectTimeout().toMillis())
            .setIdleTimeout(config.answerTimeout().toMillis()));
  }

  void begun() {
    inFlight.incrementAndGet();
  }

  void done() {
    inFlight.decrementAndGet();
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    client.close();
  }
}
