package io.aipaging.aexf.guard.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.aexf.guard.Denied;
import io.aipaging.sbi.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.UncheckedIOException;

/** Answers of the guard itself, in the shape OpenAI clients understand. */
final class Answers {
  private static final long LINGER_MS = 1_000;

  private Answers() {}

  /** Whether a request announces a body. */
  static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || (length != null && !length.equals("0"));
  }

  /** Refuses. What is left of the body is thrown away for a moment, so that the answer arrives. */
  static Future<Void> deny(Vertx vertx, HttpServerRequest request, Denied denied) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return Future.succeededFuture();
    }
    String type = denied.status() < 500 ? "invalid_request_error" : "server_error";
    if (denied.challenge() != null) {
      response.putHeader("WWW-Authenticate", denied.challenge());
    }
    if (denied.status() == 503) {
      response.putHeader(HttpHeaders.RETRY_AFTER, "1");
    }
    boolean unread = hasBody(request) && !request.isEnded();
    if (unread) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.handler(thrownAway -> {});
      request.endHandler(end -> request.connection().close());
      vertx.setTimer(LINGER_MS, late -> request.connection().close());
    }
    Future<Void> written =
        json(
            request,
            denied.status(),
            new ErrorBody(new ErrorBody.Detail(denied.text(), type, denied.code())));
    request.resume();
    return written;
  }

  static Future<Void> json(HttpServerRequest request, int status, Object body) {
    try {
      return request
          .response()
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
          .end(Buffer.buffer(Json.MAPPER.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record ErrorBody(Detail error) {
    private record Detail(String message, String type, String code) {}
  }
}
