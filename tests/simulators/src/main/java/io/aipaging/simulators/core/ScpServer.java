package io.aipaging.simulators.core;

import io.aipaging.simulators.flavor.Quirk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An SCP (TS 29.500 §6.10.2): passes a request on to the producer that it names. What it passes
 * back, such as a Location, it leaves as it is.
 */
final class ScpServer {
  private static final String TARGET = "3gpp-sbi-target-apiroot";

  /** Of one connection only. */
  private static final Set<String> NOT_PASSED =
      Set.of(TARGET, "host", "connection", "content-length", "transfer-encoding");

  /** NF types that an Open5GS SCP believes a consumer to be. */
  private static final Set<String> CONSUMERS = Set.of("AF", "AMF", "SMF", "NEF", "PCF", "SCP");

  private final Set<Quirk> quirks;
  private final HttpClient client;
  private final AtomicLong passed = new AtomicLong();
  private final AtomicBoolean fresh = new AtomicBoolean();

  ScpServer(Vertx vertx, Set<Quirk> quirks) {
    this.quirks = quirks;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(2_000));
  }

  Future<HttpServer> listen(Vertx vertx, String host) {
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(0).setHttp2ClearTextEnabled(true);
    return vertx
        .createHttpServer(options)
        .requestHandler(request -> request.body().onSuccess(body -> pass(request, body)))
        .listen();
  }

  /** Whom it passes requests on to has restarted. */
  void restarted() {
    fresh.set(true);
  }

  /** Requests passed on. */
  long passed() {
    return passed.get();
  }

  private void pass(HttpServerRequest request, Buffer body) {
    String agent = request.getHeader("User-Agent");
    if (quirks.contains(Quirk.O_14) && !CONSUMERS.contains(nfType(agent))) {
      refuse(request, agent == null ? "MANDATORY_IE_MISSING" : "MANDATORY_IE_INCORRECT");
      return;
    }
    String target = request.getHeader(TARGET);
    if (target == null) {
      refuse(request, "Invalid API name");
      return;
    }
    if (quirks.contains(Quirk.O_16) && fresh.getAndSet(false)) {
      NfServer.write(request, Answer.problem(504, "Gateway Timeout", "was away"));
      return;
    }
    passed.incrementAndGet();
    RequestOptions options =
        new RequestOptions().setMethod(request.method()).setAbsoluteURI(target + request.uri());
    request.headers().entries().stream()
        .filter(header -> !NOT_PASSED.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .filter(header -> !header.getKey().startsWith(":"))
        .forEach(header -> options.addHeader(header.getKey(), header.getValue()));
    client
        .request(options)
        .compose(onward -> onward.send(body))
        .compose(answer -> answer.body().onSuccess(content -> back(request, answer, content)))
        .onFailure(e -> NfServer.write(request, Answer.problem(504, "Gateway Timeout", "away")));
  }

  /** What stands before the first dash. */
  private static String nfType(@Nullable String agent) {
    return agent == null ? "" : agent.split("-", 2)[0];
  }

  private static void back(HttpServerRequest request, HttpClientResponse answer, Buffer content) {
    for (Map.Entry<String, String> header : answer.headers()) {
      if (!NOT_PASSED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        request.response().putHeader(header.getKey(), header.getValue());
      }
    }
    var _ = request.response().setStatusCode(answer.statusCode()).end(content);
  }

  private static void refuse(HttpServerRequest request, String title) {
    NfServer.write(request, Answer.problem(400, title, "not to be passed on"));
  }
}
