package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as bytes on the wire, made without the runtime's own client.
 *
 * @param method HTTP method
 * @param target path and query, percent-encoded
 * @param headers by name
 * @param body bytes, possibly none
 */
record WireRequest(String method, String target, Map<String, String> headers, byte[] body) {
  WireRequest {
    headers = Map.copyOf(headers);
  }

  /** Spreads the members of a request record over path, query and body. */
  static WireRequest of(Operation<?, ?> operation, JsonNode members) {
    ObjectNode rest = members.deepCopy();
    String path = operation.path();
    for (String name : operation.pathVariables()) {
      path = path.replace("{" + name + "}", encoded(rest.remove(name).asText()));
    }
    if (operation.hasBody()) {
      return new WireRequest(operation.method(), path, json(), utf8(rest.toString()));
    }
    List<String> query = new ArrayList<>();
    rest.properties()
        .forEach(m -> query.add(encoded(m.getKey()) + "=" + encoded(m.getValue().asText())));
    String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
    return new WireRequest(operation.method(), target, Map.of(), new byte[0]);
  }

  WireRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new WireRequest(method, target, more, body);
  }

  WireRequest without(String header) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new WireRequest(method, target, fewer, body);
  }

  WireRequest withBody(byte[] other) {
    return new WireRequest(method, target, headers, other);
  }

  WireRequest withBody(String other) {
    return withBody(utf8(other));
  }

  /** The same with {@code more}, such as {@code limit=7}, in the query. */
  WireRequest andQuery(String more) {
    return withTarget(target + (target.contains("?") ? "&" : "?") + more);
  }

  WireRequest withTarget(String other) {
    return new WireRequest(method, other, headers, body);
  }

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> json() {
    return Map.of("Content-Type", "application/json");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    String shown = text.length() > 500 ? text.substring(0, 500) + "…" : text;
    return method + " " + target + " " + headers.keySet() + " " + shown;
  }
}
