package io.aipaging.aexf.guard.http;

import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aexf.guard.Denied;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One admitted request on its way to the model server and back, both bodies chunk by chunk as the
 * slower side allows. Lives on the client connection's event loop.
 */
final class Exchange {
  private final Vertx vertx;
  private final GuardConfig config;
  private final ModelBackend model;
  private final ClientConnection client;
  private final HttpServerRequest request;
  private final Supplier<@Nullable LiveLease> lease;
  private @Nullable HttpClientRequest upstream;
  private boolean finished;

  /**
   * An exchange that has not begun.
   *
   * @param lease the session's live lease at the time of asking
   */
  Exchange(
      Front front,
      ClientConnection client,
      HttpServerRequest request,
      Supplier<@Nullable LiveLease> lease) {
    this.vertx = front.vertx();
    this.config = front.config();
    this.model = front.model();
    this.client = client;
    this.request = request;
    this.lease = lease;
  }

  /** What all exchanges share. */
  record Front(Vertx vertx, GuardConfig config, ModelBackend model) {}

  /** Sends the request on; the request must be paused. */
  void begin() {
    model.begun();
    HttpServerResponse response = request.response();
    response.exceptionHandler(gone -> abort());
    response.closeHandler(gone -> abort());
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (bytes(length) > config.bodyBytesMax()) {
      refuse(tooLong());
      return;
    }
    model
        .open(request.method(), request.uri())
        .onComplete(
            opened -> {
              if (opened.failed()) {
                failed(opened.cause());
              } else if (finished) {
                opened.result().reset();
              } else {
                send(opened.result());
              }
            });
  }

  private static long bytes(@Nullable String length) {
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private void send(HttpClientRequest opened) {
    upstream = opened;
    Headers.toModelServer(request.headers(), opened.headers());
    opened.exceptionHandler(this::failed);
    opened.response().onComplete(answer -> answered(answer.result(), answer.cause()));
    if (!Answers.hasBody(request)) {
      request.resume();
      opened.end();
      return;
    }
    if (request.getHeader(HttpHeaders.EXPECT) != null) {
      request.response().writeContinue();
    }
    if (request.getHeader(HttpHeaders.CONTENT_LENGTH) == null) {
      opened.setChunked(true);
    }
    long timer = vertx.setTimer(config.bodyTimeout().toMillis(), late -> refuse(tooSlow()));
    new BoundedBody(request, config.bodyBytesMax())
        .pipe()
        .endOnFailure(false)
        .to(opened)
        .onComplete(
            sent -> {
              vertx.cancelTimer(timer);
              if (sent.cause() instanceof BoundedBody.TooLong) {
                refuse(tooLong());
              }
            });
  }

  private void answered(@Nullable HttpClientResponse answer, @Nullable Throwable failure) {
    if (answer == null) {
      failed(failure);
      return;
    }
    if (finished) {
      return;
    }
    LiveLease now = lease.get();
    if (now == null) {
      client.cut();
      return;
    }
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.statusCode());
    Headers.toClient(answer.headers(), response.headers());
    boolean closing = now.draining();
    if (closing) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    if (answer.getHeader(HttpHeaders.CONTENT_LENGTH) == null && mayHaveBody(answer)) {
      response.setChunked(true);
      response.writeHead();
    }
    answer
        .pipe()
        .endOnFailure(false)
        .to(response)
        .onComplete(
            done -> {
              finish();
              client.requestEnded(closing);
              if (done.failed()) {
                // Cut short rather than ended well: the client must not take half for the whole.
                client.close();
              }
            });
  }

  private boolean mayHaveBody(HttpClientResponse answer) {
    return !request.method().equals(HttpMethod.HEAD)
        && answer.statusCode() != 204
        && answer.statusCode() != 304;
  }

  private void failed(@Nullable Throwable cause) {
    if (request.response().headWritten()) {
      if (!finished) {
        finish();
        client.close();
      }
      return;
    }
    refuse(
        switch (cause) {
          case ConnectionPoolTooBusyException _ ->
              Denied.of(503, "overloaded", "the model server is busy; try again later");
          case TimeoutException _ ->
              Denied.of(504, "model_timeout", "the model server did not answer in time");
          case null, default ->
              Denied.of(502, "model_unavailable", "the model server cannot be reached");
        });
  }

  private void refuse(Denied denied) {
    if (!finished) {
      finish();
      Answers.deny(vertx, request, denied).onComplete(written -> client.requestEnded(false));
      resetUpstream();
    }
  }

  /** The client has gone, or its session has ended. */
  private void abort() {
    if (!finished) {
      finish();
      resetUpstream();
    }
  }

  private void resetUpstream() {
    if (upstream != null) {
      upstream.reset();
    }
  }

  private void finish() {
    if (!finished) {
      finished = true;
      model.done();
    }
  }

  private static Denied tooLong() {
    return Denied.of(413, "body_too_large", "the request body is too large");
  }

  private static Denied tooSlow() {
    return Denied.of(408, "body_timeout", "the request body did not arrive in time");
  }
}
