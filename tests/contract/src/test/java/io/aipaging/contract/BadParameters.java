package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests whose path or query breaks exactly one rule. */
final class BadParameters {
  private final ApiFile file;
  private final Operation<?, ?> operation;
  private final ObjectNode members;
  private final WireRequest valid;
  private final List<BadRequest> found = new ArrayList<>();

  private BadParameters(
      ApiFile file, Operation<?, ?> operation, ObjectNode members, WireRequest valid) {
    this.file = file;
    this.operation = operation;
    this.members = members;
    this.valid = valid;
  }

  /** All of them, from a valid request and its members. */
  static List<BadRequest> of(
      ApiFile file, Operation<?, ?> operation, ObjectNode members, WireRequest valid) {
    BadParameters parameters = new BadParameters(file, operation, members, valid);
    parameters.all();
    return parameters.found;
  }

  private void all() {
    for (JsonNode parameter : file.parameters(operation)) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("path")) {
        path(name, parameter.get("schema"));
      } else {
        query(name, parameter);
      }
    }
    add("an unknown query parameter", valid.andQuery("unknown=1"), "INVALID_QUERY_PARAM")
        .naming("query unknown");
    add("a query that cannot be decoded", valid.andQuery("x=%zz"), "INVALID_QUERY_PARAM");
  }

  private void path(String name, JsonNode schema) {
    BadValues.texts(file, schema, members.path(name).asText())
        .forEach(
            (why, text) -> {
              if (!text.isEmpty()) {
                ObjectNode bad = members.deepCopy().put(name, text);
                add("{" + name + "} is " + why, about(bad), "MANDATORY_IE_INCORRECT")
                    .naming("{" + name + "}");
              }
            });
  }

  private void query(String name, JsonNode parameter) {
    String cause =
        parameter.path("required").asBoolean()
            ? "MANDATORY_QUERY_PARAM_INCORRECT"
            : "OPTIONAL_QUERY_PARAM_INCORRECT";
    ObjectNode others = members.deepCopy();
    String current = others.path(name).asText();
    others.remove(name);
    WireRequest without = about(others);
    BadValues.texts(file, parameter.get("schema"), current)
        .forEach(
            (why, text) -> {
              if (!why.equals("a digit as text")) {
                String pair = name + "=" + WireRequest.encoded(text);
                add(name + " is " + why, without.andQuery(pair), cause).naming("query " + name);
              }
            });
    if (!current.isEmpty()) {
      String pair = name + "=" + WireRequest.encoded(current);
      add(name + " twice", without.andQuery(pair).andQuery(pair), cause).naming("query " + name);
    }
  }

  /** The valid request, about something else. */
  private WireRequest about(ObjectNode other) {
    return valid.withTarget(WireRequest.of(operation, other).target());
  }

  /** Adds a request; {@code naming} then says what it must be refused for. */
  private Added add(String name, WireRequest request, String cause) {
    found.add(new BadRequest(Requirement.OUT_OF_RANGE, name, request, 400, Set.of(cause), null));
    return param -> found.set(found.size() - 1, found.getLast().naming(param));
  }

  private interface Added {
    void naming(String param);
  }
}
