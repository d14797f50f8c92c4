package io.aipaging.lab.model;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenAI-compatible embeddings over HTTP/1.1: {@code POST /v1/embeddings}, {@code GET /v1/models},
 * {@code GET /health}. It authenticates nobody: it listens where only its guard can reach it.
 *
 * <p>Bounds: body 1 MiB, 64 texts a request, 64 requests waiting or running, as many inferences at
 * once as there are processors.
 */
public final class ModelServer implements AutoCloseable {
  /** Name of the model it serves unless told otherwise. */
  public static final String MODEL = "all-MiniLM-L6-v2";

  private static final Logger LOG = LoggerFactory.getLogger(ModelServer.class);
  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final int REQUESTS_MAX = 64;
  private static final long START_SECONDS_MAX = 30;

  private final Vertx vertx;
  private final HttpServer server;
  private final EmbeddingsApi api;
  private final AtomicInteger requests = new AtomicInteger();

  private ModelServer(Vertx vertx, EmbeddingsApi api) {
    this.vertx = vertx;
    this.api = api;
    server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(120)
                .setMaxHeaderSize(16 * 1024));
    server.requestHandler(this::route);
  }

  /**
   * Starts a server.
   *
   * @param port 0 for any free one
   * @param model name clients must ask for
   */
  public static ModelServer start(String host, int port, String model, Embedder embedder) {
    int processors = Runtime.getRuntime().availableProcessors();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(processors)
                .setMaxWorkerExecuteTime(1)
                .setMaxWorkerExecuteTimeUnit(TimeUnit.MINUTES));
    ModelServer started = new ModelServer(vertx, new EmbeddingsApi(embedder, model));
    await(started.server.listen(port, host));
    return started;
  }

  /** Port it listens on. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private void route(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    switch (path) {
      case "/v1/embeddings" -> {
        if (allowed(request, HttpMethod.POST)) {
          embed(request);
        }
      }
      case "/v1/models" -> {
        if (allowed(request, HttpMethod.GET)) {
          answer(request, 200, api.models());
        }
      }
      case "/health" -> {
        if (allowed(request, HttpMethod.GET)) {
          answer(request, 200, api.render(new Health("ok")));
        }
      }
      default -> refuse(request, ApiError.of(404, "unknown_url", "no such resource"));
    }
  }

  private boolean allowed(HttpServerRequest request, HttpMethod method) {
    if (request.method().equals(method)) {
      return true;
    }
    request.response().putHeader("Allow", method.name());
    refuse(request, ApiError.of(405, "method_not_allowed", "use " + method.name()));
    return false;
  }

  private void embed(HttpServerRequest request) {
    if (requests.incrementAndGet() > REQUESTS_MAX) {
      requests.decrementAndGet();
      request.response().putHeader("Retry-After", "1");
      refuse(request, ApiError.of(503, "overloaded", "too many requests at once"));
      return;
    }
    boundedBody(request)
        .compose(body -> vertx.executeBlocking(() -> api.embeddings(body.getBytes()), false))
        .onComplete(
            done -> {
              requests.decrementAndGet();
              if (done.succeeded()) {
                answer(request, 200, done.result());
              } else {
                failed(request, done.cause());
              }
            });
  }

  private static Future<Buffer> boundedBody(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    Promise<Buffer> whole = Promise.promise();
    request.exceptionHandler(whole::tryFail);
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() <= BODY_BYTES_MAX) {
            body.appendBuffer(chunk);
          } else {
            whole.tryFail(ApiError.of(413, "body_too_large", "the body is larger than 1 MiB"));
          }
        });
    request.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  private void failed(HttpServerRequest request, Throwable cause) {
    if (cause instanceof ApiError error) {
      refuse(request, error);
    } else {
      // The text never reaches the log: only what kind of failure it was.
      LOG.atWarn().addKeyValue("failure", cause.getClass().getName()).log("embedding failed");
      refuse(request, ApiError.of(500, "internal_error", "the model failed"));
    }
  }

  private void refuse(HttpServerRequest request, ApiError error) {
    if (error.status() == 413) {
      request.response().putHeader("Connection", "close");
    }
    answer(request, error.status(), api.render(error.body()));
  }

  private static void answer(HttpServerRequest request, int status, byte[] body) {
    HttpServerResponse response = request.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(body));
  }

  private static void await(Future<?> future) {
    try {
      future.await(START_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the model server did not start or stop in time", e);
    }
  }

  private record Health(String status) {}
}
