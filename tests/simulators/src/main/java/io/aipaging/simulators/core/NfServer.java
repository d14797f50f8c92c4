package io.aipaging.simulators.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import io.aipaging.simulators.flavor.Quirk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The HTTP side of a simulated NF. */
final class NfServer {
  private static final long LEAVING_MS = 500;

  private NfServer() {}

  static Future<HttpServer> listen(
      Vertx vertx,
      String host,
      int port,
      Set<Quirk> quirks,
      BiFunction<HttpServerRequest, Buffer, Answer> nf) {
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(port).setHttp2ClearTextEnabled(true);
    return vertx
        .createHttpServer(options)
        .requestHandler(
            request -> {
              if (quirks.contains(Quirk.O_13) && request.version() != HttpVersion.HTTP_2) {
                var _ = request.connection().close();
              } else {
                request
                    .body()
                    .onSuccess(body -> later(vertx, quirks, request, nf.apply(request, body)));
              }
            })
        .listen();
  }

  /** F_07: a deregistration takes its time. */
  private static void later(
      Vertx vertx, Set<Quirk> quirks, HttpServerRequest request, Answer answer) {
    boolean leaves =
        request.method().equals(HttpMethod.DELETE)
            && String.valueOf(request.path()).startsWith("/nnrf-nfm/");
    if (leaves && quirks.contains(Quirk.F_07)) {
      vertx.setTimer(LEAVING_MS, _ -> write(request, answer));
    } else {
      write(request, answer);
    }
  }

  /** A call without a usable token. */
  static Answer unauthorized(Set<Quirk> quirks) {
    return quirks.contains(Quirk.F_12)
        ? Answer.error(401, "verify OAuth Authorization header invalid")
        : Answer.problem(401, "Unauthorized", "no usable access token");
  }

  static @Nullable JsonNode tree(Buffer body) {
    try {
      return body.length() == 0 ? null : Json.tree(body.getBytes());
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  static void write(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    JsonNode body = answer.body();
    var _ = body == null ? response.end() : response.end(body.toString());
  }
}
