package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.sbi.Json;
import io.aipaging.simulators.flavor.Quirk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hand on the simulated PCF, for tests and demos.
 *
 * <ul>
 *   <li>{@code GET /state}: sessions, violations, counts
 *   <li>{@code GET /core}: who is registered at the NRF, and how often NRF and BSF were asked
 *   <li>{@code PUT /behaviour}: a {@link Behaviour}; an empty object is normal again
 *   <li>{@code POST /sessions/{id}/terminate} with {@code {"termCause": …}}: tells the consumer and
 *       answers with the consumer's status
 *   <li>{@code POST /restart}: forgets all sessions
 *   <li>{@code DELETE /violations}: forgets the violations
 * </ul>
 */
final class ControlServer {
  private static final Pattern TERMINATE = Pattern.compile("/sessions/([^/]+)/terminate");
  private static final String RESOURCES = "/npcf-policyauthorization/v1/app-sessions/";

  private final SimulatedPcf pcf;
  private final PcfSimulatorConfig config;
  private final HttpClient client;
  private final int n5Port;
  private final RunningPcf.Surroundings core;

  ControlServer(
      Vertx vertx,
      SimulatedPcf pcf,
      PcfSimulatorConfig config,
      int n5Port,
      RunningPcf.Surroundings core) {
    this.core = core;
    this.pcf = pcf;
    this.config = config;
    this.n5Port = n5Port;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(
                    config.has(Quirk.F_16) ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout(2_000));
  }

  /** Body of a termination order; the cause defaults to {@code PDU_SESSION_TERMINATION}. */
  record Termination(@Nullable String termCause) {}

  void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> route(request, body));
  }

  private void route(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    String operation = request.method().name() + " " + request.path();
    Matcher terminate = TERMINATE.matcher(String.valueOf(request.path()));
    try {
      switch (operation) {
        case "GET /state" -> answer(response, 200, pcf.state());
        case "GET /core" -> answer(response, 200, core.state());
        case "PUT /behaviour" -> {
          pcf.behave(read(body, Behaviour.class));
          answer(response, 204, null);
        }
        case "POST /restart" -> {
          pcf.restart();
          answer(response, 204, null);
        }
        case "DELETE /violations" -> {
          pcf.clearViolations();
          answer(response, 204, null);
        }
        default -> {
          if (terminate.matches() && request.method().equals(HttpMethod.POST)) {
            terminate(response, terminate.group(1), read(body, Termination.class));
          } else {
            answer(response, 404, Map.of("detail", "no such control"));
          }
        }
      }
    } catch (JsonProcessingException e) {
      answer(response, 400, Map.of("detail", e.getOriginalMessage()));
    }
  }

  private void terminate(HttpServerResponse response, String id, Termination termination)
      throws JsonProcessingException {
    AppSession session = pcf.terminate(id);
    if (session == null) {
      answer(response, 404, Map.of("detail", "no such app session"));
      return;
    }
    String cause = termination.termCause();
    Map<String, String> told =
        Map.of(
            "termCause",
            cause == null ? "PDU_SESSION_TERMINATION" : cause,
            "resUri",
            "http://" + config.host() + ":" + n5Port + RESOURCES + id);
    tell(session.notifUri() + (config.has(Quirk.F_33) ? "" : "/terminate"), told)
        .onSuccess(heard -> answer(response, 200, Map.of("consumerStatus", heard.statusCode())))
        .onFailure(e -> answer(response, 502, Map.of("detail", String.valueOf(e.getMessage()))));
  }

  private Future<HttpClientResponse> tell(String uri, Map<String, String> told)
      throws JsonProcessingException {
    Buffer body = Buffer.buffer(Json.MAPPER.writeValueAsBytes(told));
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(uri)
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "PCF");
    if (config.has(Quirk.O_41)) {
      options.putHeader("3gpp-Sbi-Max-Rsp-Time", "10000");
    }
    return client.request(options).compose(request -> request.send(body));
  }

  private static <T> T read(Buffer body, Class<T> type) throws JsonProcessingException {
    String text = body.length() == 0 ? "{}" : body.toString();
    return Json.MAPPER.treeToValue(Json.tree(text.getBytes(StandardCharsets.UTF_8)), type);
  }

  private static void answer(HttpServerResponse response, int status, @Nullable Object body) {
    response.setStatusCode(status);
    if (body == null) {
      var _ = response.end();
      return;
    }
    try {
      response.putHeader("Content-Type", "application/json");
      var _ = response.end(Json.MAPPER.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
