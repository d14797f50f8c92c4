package io.aipaging.bench.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.Hold;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;

/**
 * Anchors, gate and QoS adapter in a process of their own that says yes to everything over HTTP/2
 * in cleartext: answers are ready-made, requests are not even read. Prints {@code ready <port>} and
 * ends with its standard input.
 */
public final class PeersMain {
  private static final Instant FAR = Instant.parse("2099-01-01T00:00:00Z");
  private static final Buffer HOLD = json(new Hold("lease", "a", FAR));
  private static final Buffer ADMITTED = json(new AdmittedLease("lease", "session", 1, "serve", 1));
  private static final Buffer APPLIED = json(new AppliedCommits(List.of()));
  private static final Buffer PROBED = json(new ProbeResult(true, "a", 1L, 1, null));
  private static final Buffer HELD =
      json(new QosBinding("ref", "HELD", "ACCEPTED", "ai-interactive", FAR, null));
  private static final Buffer CONFIRMED =
      json(new QosBinding("ref", "CONFIRMED", "CONFIRMED", "ai-interactive", null, FAR));
  private static final Buffer WELL_A = json(WillingAnchor.status("a"));
  private static final Buffer WELL_B = json(WillingAnchor.status("b"));
  private static final Buffer NO_LISTS =
      Buffer.buffer("{\"status\":503,\"cause\":\"NF_CONGESTION\",\"detail\":\"Not here.\"}");

  private PeersMain() {}

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws Exception {
    Vertx vertx = SbiVertx.create(1);
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setHttp2ClearTextEnabled(true))
            .requestHandler(PeersMain::answer)
            .listen()
            .await();
    System.out.println("ready " + server.actualPort());
    System.out.flush();
    while (System.in.read() >= 0) {
      // whoever started this process says nothing; its end is the end
    }
    Runtime.getRuntime().halt(0);
  }

  private static void answer(HttpServerRequest request) {
    String path = request.uri();
    String method = request.method().name();
    HttpServerResponse response = request.response();
    if (method.equals("DELETE")) {
      var _ = response.setStatusCode(204).end();
    } else if (method.equals("GET")) {
      if (path.endsWith("/status")) {
        send(response, 200, path.startsWith("/a/") ? WELL_A : WELL_B);
      } else {
        var _ =
            response
                .setStatusCode(503)
                .putHeader("content-type", "application/problem+json")
                .end(NO_LISTS);
      }
    } else {
      post(path, response);
    }
  }

  private static void post(String path, HttpServerResponse response) {
    if (path.endsWith("/holds")) {
      send(response, 201, HOLD);
    } else if (path.endsWith("/qos-bindings")) {
      send(response, 201, HELD);
    } else if (path.endsWith("/confirm")) {
      send(response, 200, CONFIRMED);
    } else if (path.endsWith("/probe")) {
      send(response, 200, PROBED);
    } else if (path.contains("/naexf-admission/")) {
      send(response, 200, ADMITTED);
    } else {
      send(response, 200, APPLIED);
    }
  }

  private static void send(HttpServerResponse response, int status, Buffer body) {
    var _ = response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
  }

  private static Buffer json(Object value) {
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record always serializes", e);
    }
  }
}
