package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import io.aipaging.simulators.flavor.Quirk;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Npcf_PolicyAuthorization over HTTP/2 by prior knowledge and HTTP/1.1. */
final class N5Server {
  private static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";
  private static final Pattern ONE = Pattern.compile(SESSIONS + "/([^/]+)");
  private static final Pattern DELETE_OF = Pattern.compile(SESSIONS + "/([^/]+)/delete");

  private final Vertx vertx;
  private final SimulatedPcf pcf;
  private final PcfSimulatorConfig config;
  private final RunningPcf.Surroundings core;

  N5Server(Vertx vertx, SimulatedPcf pcf, PcfSimulatorConfig config, RunningPcf.Surroundings core) {
    this.core = core;
    this.vertx = vertx;
    this.pcf = pcf;
    this.config = config;
  }

  void handle(HttpServerRequest request) {
    if (core.admits(request.getHeader("Authorization"))) {
      request.body().onSuccess(body -> route(request, body));
    } else {
      write(request, Reply.problem(401, null, "no usable access token"), false);
    }
  }

  private void route(HttpServerRequest request, Buffer body) {
    String path = String.valueOf(request.path());
    String method = request.method().name();
    Matcher one = ONE.matcher(path);
    Matcher deleteOf = DELETE_OF.matcher(path);
    if (path.equals(SESSIONS) && method.equals("POST")) {
      serve(request, Operation.CREATE, null, body);
    } else if (one.matches() && method.equals("GET")) {
      serve(request, Operation.READ, one.group(1), body);
    } else if (one.matches() && method.equals("PATCH")) {
      serve(request, Operation.UPDATE, one.group(1), body);
    } else if (deleteOf.matches() && method.equals("POST")) {
      serve(request, Operation.DELETE, deleteOf.group(1), body);
    } else if (one.matches() && method.equals("DELETE") && config.has(Quirk.F_38)) {
      write(request, Reply.problem(404, null, "404 page not found"), false);
    } else if (path.equals(SESSIONS) || one.matches() || deleteOf.matches()) {
      write(request, Reply.problem(405, null, "method not allowed here"), false);
    } else {
      write(
          request,
          Reply.problem(404, "RESOURCE_URI_STRUCTURE_NOT_FOUND", "no such resource"),
          false);
    }
  }

  private void serve(
      HttpServerRequest request, Operation operation, @Nullable String id, Buffer body) {
    SimulatedPcf.Turn turn = pcf.begin(operation, id, tree(body));
    if (turn.behaviour().latency() > 0) {
      vertx.setTimer(turn.behaviour().latency(), timer -> answer(request, turn));
    } else {
      answer(request, turn);
    }
  }

  private void answer(HttpServerRequest request, SimulatedPcf.Turn turn) {
    pcf.answered(turn);
    route(turn);
    if (!turn.behaviour().isLosingAnswers()) {
      write(request, turn.reply(), turn.behaviour().isBreakingAnswers());
    } else if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      var _ = request.connection().close();
    }
  }

  /** What an accepted operation has to say of its app session's route. */
  private void route(SimulatedPcf.Turn turn) {
    String id = turn.id();
    int status = turn.reply().status();
    if (id == null || status >= 300 || config.has(Quirk.O_31) || config.has(Quirk.F_32)) {
      return;
    }
    JsonNode body = turn.reply().body();
    if (status == 204) {
      core.routed(id, turn.ue(), null);
    } else if (body != null && body.at("/ascReqData/afRoutReq").isObject()) {
      core.routed(id, turn.ue(), body.at("/ascReqData/afRoutReq"));
    }
  }

  private void write(HttpServerRequest request, Reply reply, boolean broken) {
    HttpServerResponse response = request.response().setStatusCode(reply.status());
    response.putHeader("Server", "AI-Paging PCF simulator");
    String location = reply.location();
    if (location != null) {
      String authority = config.host() + ":" + request.localAddress().port();
      response.putHeader("Location", "http://" + authority + SESSIONS + "/" + location);
    }
    Integer retryAfterSec = reply.retryAfterSec();
    if (retryAfterSec != null) {
      response.putHeader("Retry-After", retryAfterSec.toString());
    }
    JsonNode body = reply.body();
    if (body == null) {
      var _ = response.end();
      return;
    }
    response.putHeader("Content-Type", reply.problem() ? problemType() : "application/json");
    String text = body.toString();
    var _ = response.end(broken ? text.substring(0, text.length() / 2) : text);
  }

  private static @Nullable JsonNode tree(Buffer body) {
    try {
      return body.length() == 0 ? null : Json.tree(body.getBytes());
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private String problemType() {
    return config.has(Quirk.F_40) ? "application/json" : "application/problem+json";
  }
}
