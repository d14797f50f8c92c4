package io.aipaging.aexf.guard.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A model server that echoes, streams events, and pours out bytes as fast as it may. */
final class FakeModel implements AutoCloseable {
  static final long FLOOD_BYTES = 256L << 20;
  private static final Buffer BLOCK = Buffer.buffer(new byte[64 * 1024]);

  final AtomicInteger streams = new AtomicInteger();
  final AtomicInteger requests = new AtomicInteger();
  final AtomicLong poured = new AtomicLong();
  private final Queue<HttpServerResponse> late = new ConcurrentLinkedQueue<>();
  private final Vertx vertx;
  private HttpServer server;
  private int port;

  FakeModel(Vertx vertx) {
    this.vertx = vertx;
    listen();
  }

  void listen() {
    server = vertx.createHttpServer().requestHandler(this::answer);
    server.listen(port, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    port = server.actualPort();
  }

  int port() {
    return port;
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/health" -> request.response().end("{}");
      case "/v1/events" -> {
        requests.incrementAndGet();
        events(request.response());
      }
      case "/v1/late" -> {
        request.response().setChunked(true).write("begun");
        late.add(request.response());
      }
      case "/v1/flood" -> pour(request.response().setChunked(true));
      case "/v1/break" -> {
        request.response().setChunked(true).write("half of it");
        vertx.setTimer(100, now -> request.connection().close());
      }
      default -> {
        requests.incrementAndGet();
        echo(request);
      }
    }
  }

  /** Ends the answers that were begun and left open. */
  void endLate() {
    for (HttpServerResponse begun = late.poll(); begun != null; begun = late.poll()) {
      begun.end("ended").toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void echo(HttpServerRequest request) {
    StringBuilder seen = new StringBuilder(request.method() + " " + request.uri() + "\n");
    request.headers().forEach((name, value) -> seen.append(name.toLowerCase()).append('\n'));
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("Server", "fake")
                    .putHeader("X-Model", "yes")
                    .end(seen + "body " + body.length()));
  }

  private void events(HttpServerResponse response) {
    streams.incrementAndGet();
    response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    long timer =
        vertx.setPeriodic(20, tick -> response.write("data: " + System.nanoTime() + "\n\n"));
    response.exceptionHandler(gone -> {});
    response.closeHandler(
        gone -> {
          vertx.cancelTimer(timer);
          streams.decrementAndGet();
        });
  }

  private void pour(HttpServerResponse response) {
    while (!response.writeQueueFull() && poured.get() < FLOOD_BYTES) {
      poured.addAndGet(BLOCK.length());
      response.write(BLOCK);
    }
    if (poured.get() >= FLOOD_BYTES) {
      response.end();
    } else {
      response.drainHandler(drained -> pour(response));
    }
  }

  @Override
  public void close() {
    server.close().toCompletionStage().toCompletableFuture().join();
  }
}
