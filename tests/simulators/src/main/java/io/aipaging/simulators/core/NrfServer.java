package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Quirk;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Nnrf_NFManagement, Nnrf_NFDiscovery and Nnrf_AccessToken (TS 29.510). */
final class NrfServer {
  private static final Pattern INSTANCE = Pattern.compile("/nnrf-nfm/v1/nf-instances/([^/]+)");
  private static final Set<String> FORM =
      Set.of("grant_type", "nfInstanceId", "nfType", "targetNfType", "scope");
  private static final int TOKEN_SECONDS = 1_000;

  private final SimulatedNrf nrf;
  private final TokenBook tokens;
  private final Set<Quirk> quirks;
  private final boolean oauth2;

  NrfServer(SimulatedNrf nrf, TokenBook tokens, Set<Quirk> quirks, boolean oauth2) {
    this.nrf = nrf;
    this.tokens = tokens;
    this.quirks = quirks;
    this.oauth2 = oauth2;
  }

  Answer answer(HttpServerRequest request, Buffer body) {
    String path = String.valueOf(request.path());
    String method = request.method().name();
    Matcher instance = INSTANCE.matcher(path);
    if (path.equals("/oauth2/token") && method.equals("POST")) {
      return token(body.toString(StandardCharsets.UTF_8));
    }
    if (instance.matches()) {
      return method.equals("PUT")
          ? nrf.register(instance.group(1), NfServer.tree(body))
          : manage(request, method, instance.group(1), NfServer.tree(body));
    }
    if (path.equals("/nnrf-disc/v1/nf-instances") && method.equals("GET")) {
      return permitted(request, "nnrf-disc")
          ? nrf.discover(query(request))
          : NfServer.unauthorized(quirks);
    }
    return Answer.problem(404, "Not Found", "no such resource");
  }

  private Answer manage(
      HttpServerRequest request, String method, String id, @Nullable JsonNode body) {
    if (!permitted(request, "nnrf-nfm")) {
      return NfServer.unauthorized(quirks);
    }
    return switch (method) {
      case "PATCH" -> nrf.beat(id, body);
      case "GET" -> nrf.read(id);
      case "DELETE" -> nrf.deregister(id);
      default -> Answer.problem(405, "Method Not Allowed", method);
    };
  }

  private boolean permitted(HttpServerRequest request, String service) {
    return !oauth2 || tokens.accepts(request.getHeader("Authorization"), service);
  }

  private Answer token(String body) {
    nrf.count("token");
    if (quirks.contains(Quirk.O_12)) {
      return Answer.problem(400, "cannot parse HTTP message", "");
    }
    Map<String, String> form = form(body);
    if (quirks.contains(Quirk.F_10) && !FORM.containsAll(form.keySet())) {
      return Answer.error(400, "invalid_request");
    }
    String target = form.getOrDefault("targetNfType", "");
    if (!nrf.knows(form.getOrDefault("nfInstanceId", ""), form.getOrDefault("nfType", ""))) {
      return Answer.error(400, "invalid_client");
    }
    List<String> services = Arrays.asList(form.getOrDefault("scope", "").split(" "));
    if (!services.stream().allMatch(service -> nrf.offers(target, service))) {
      return Answer.error(400, quirks.contains(Quirk.F_11) ? "invalid_scope" : "invalid_client");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("access_token", tokens.issue(services));
    answer.put("token_type", "Bearer").put("expires_in", TOKEN_SECONDS);
    return Answer.of(200, answer);
  }

  private static Map<String, String> query(HttpServerRequest request) {
    return form(request.query() == null ? "" : request.query());
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
