package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param status HTTP status
 * @param location resource id to point at, or null
 * @param body JSON, or null for none
 * @param problem whether the body is a ProblemDetails
 * @param retryAfterSec {@code Retry-After}, or null
 */
record Reply(
    int status,
    @Nullable String location,
    @Nullable JsonNode body,
    boolean problem,
    @Nullable Integer retryAfterSec) {
  static Reply of(int status, @Nullable String location, @Nullable JsonNode body) {
    return new Reply(status, location, body, false, null);
  }

  static Reply problem(int status, @Nullable String cause, String detail) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("status", status).put("title", "refused").put("detail", detail);
    if (cause != null) {
      body.put("cause", cause);
    }
    return new Reply(status, null, body, true, null);
  }

  static Reply invalid(String cause, String detail, List<String> params) {
    Reply reply = problem(400, cause, detail);
    if (reply.body() instanceof ObjectNode body) {
      params.forEach(param -> body.withArray("invalidParams").addObject().put("param", param));
    }
    return reply;
  }

  Reply retryAfter(@Nullable Integer seconds) {
    return new Reply(status, location, body, problem, seconds);
  }
}
