package io.aipaging.sbi.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /metrics} over HTTP/1.1. Live means
 * that the process answers; ready, that every check says yes.
 */
public final class ManagementServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
  private static final int CONCURRENT_MAX = 8;
  private static final String JSON = "application/json";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Metrics metrics;
  private final Map<String, BooleanSupplier> readiness;
  private final Semaphore places = new Semaphore(CONCURRENT_MAX);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("management-", 0).factory());
  private final HttpServer server;
  private final Duration leavesAfter;
  private volatile boolean leaving;
  private final @Nullable Vertx ownVertx;

  private ManagementServer(
      ManagementConfig config,
      Metrics metrics,
      Map<String, BooleanSupplier> readiness,
      @Nullable Vertx shared) {
    this.metrics = metrics;
    this.leavesAfter = config.leavesAfter();
    this.readiness = new TreeMap<>(readiness);
    this.ownVertx = shared == null ? SbiVertx.create(1) : null;
    Vertx vertx = shared == null ? java.util.Objects.requireNonNull(ownVertx) : shared;
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(30));
    server.requestHandler(request -> accept(request, vertx.getOrCreateContext()));
  }

  /**
   * Listens.
   *
   * @param readiness checks by name; each may block shortly
   * @param shared Vert.x to run on; null makes an own one
   */
  public static ManagementServer start(
      ManagementConfig config,
      Metrics metrics,
      Map<String, BooleanSupplier> readiness,
      @Nullable Vertx shared) {
    ManagementServer started = new ManagementServer(config, metrics, readiness, shared);
    started.server.listen().toCompletionStage().toCompletableFuture().join();
    return started;
  }

  /** The port listened on. */
  public int port() {
    return server.actualPort();
  }

  /**
   * Says that the function is not ready any longer, and waits as long as is configured: to be
   * closed before what it tells of.
   */
  @Override
  public void close() {
    leave();
    server.close().toCompletionStage().toCompletableFuture().join();
    threads.shutdown();
    if (ownVertx != null) {
      ownVertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private void leave() {
    leaving = true;
    try {
      Thread.sleep(leavesAfter);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(HttpServerRequest request, Context context) {
    if (!places.tryAcquire()) {
      request.response().setStatusCode(503).end();
      return;
    }
    threads.execute(
        () -> {
          try {
            Page page = page(request);
            context.runOnContext(
                go ->
                    request
                        .response()
                        .setStatusCode(page.status())
                        .putHeader("Content-Type", page.mediaType())
                        .end(Buffer.buffer(page.text())));
          } finally {
            places.release();
          }
        });
  }

  private Page page(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      return new Page(405, JSON, "{}");
    }
    return switch (String.valueOf(request.path())) {
      case "/health/live" -> new Page(200, JSON, "{\"status\":\"UP\"}");
      case "/health/ready" -> ready();
      case "/metrics" -> new Page(200, PROMETHEUS, metrics.scrape());
      default -> new Page(404, JSON, "{}");
    };
  }

  private Page ready() {
    Map<String, Boolean> checks = new TreeMap<>();
    readiness.forEach((name, check) -> checks.put(name, passes(name, check)));
    if (leaving) {
      checks.put("stays", false);
    }
    boolean up = !checks.containsValue(false);
    try {
      String text = Json.MAPPER.writeValueAsString(new Readiness(up ? "UP" : "DOWN", checks));
      return new Page(up ? 200 : 503, JSON, text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean passes(String name, BooleanSupplier check) {
    try {
      return check.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("check", name).setCause(e).log("readiness check failed");
      return false;
    }
  }

  private record Page(int status, String mediaType, String text) {}

  private record Readiness(String status, Map<String, Boolean> checks) {}
}
