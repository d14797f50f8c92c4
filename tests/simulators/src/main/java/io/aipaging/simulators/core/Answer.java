package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a simulated NF.
 *
 * @param status HTTP status
 * @param headers header values by name
 * @param body JSON, or null for none
 */
record Answer(int status, Map<String, String> headers, @Nullable JsonNode body) {
  static Answer of(int status) {
    return new Answer(status, Map.of(), null);
  }

  static Answer of(int status, JsonNode body) {
    return new Answer(status, Map.of("Content-Type", "application/json"), body);
  }

  static Answer problem(int status, String title, String detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("title", title).put("status", status).put("detail", detail);
    return new Answer(status, Map.of("Content-Type", "application/problem+json"), body);
  }

  /** As OAuth 2.0 endpoints say no (RFC 6749 §5.2). */
  static Answer error(int status, String error) {
    return of(status, JsonNodeFactory.instance.objectNode().put("error", error));
  }
}
