package io.aipaging.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Bodies that break exactly one rule of their schema. */
final class BadMembers {
  private static final Set<String> INCORRECT =
      Set.of("MANDATORY_IE_INCORRECT", "OPTIONAL_IE_INCORRECT");

  private final ApiFile file;
  private final ObjectNode valid;
  private final List<Bad> found = new ArrayList<>();

  private BadMembers(ApiFile file, ObjectNode valid) {
    this.file = file;
    this.valid = valid;
  }

  /**
   * A broken body.
   *
   * @param requirement what it tests
   * @param name what is wrong with it
   * @param body the body
   * @param causes acceptable causes
   * @param param JSON Pointer of the member at fault
   */
  record Bad(
      Requirement requirement, String name, JsonNode body, Set<String> causes, String param) {}

  /** All of them, from a body that is valid and has as many members as possible. */
  static List<Bad> of(ApiFile file, JsonNode schema, ObjectNode valid) {
    BadMembers members = new BadMembers(file, valid);
    members.object("", file.resolved(schema));
    return members.found;
  }

  private void object(String at, JsonNode schema) {
    for (JsonNode required : schema.path("required")) {
      drop(at, List.of(required.asText()));
    }
    List<String> alternatives = new ArrayList<>();
    for (JsonNode branch : schema.path("anyOf")) {
      branch.path("required").forEach(name -> alternatives.add(name.asText()));
    }
    if (!alternatives.isEmpty()) {
      drop(at, alternatives);
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property ->
                member(
                    at + "/" + property.getKey(),
                    file.resolved(property.getValue()),
                    requires(schema, property.getKey())));
  }

  private void drop(String at, List<String> names) {
    ObjectNode body = valid.deepCopy();
    ((ObjectNode) body.at(at)).remove(names);
    found.add(
        new Bad(
            Requirement.MISSING_MEMBER,
            "without " + at + "/" + String.join(" and ", names),
            body,
            Set.of("MANDATORY_IE_MISSING"),
            at + "/" + names.getFirst()));
  }

  private void member(String at, JsonNode schema, boolean mandatory) {
    JsonNode current = valid.at(at);
    Set<String> causes =
        mandatory ? Set.of("MANDATORY_IE_INCORRECT") : Set.of("OPTIONAL_IE_INCORRECT");
    BadValues.of(file, schema, current)
        .forEach((why, value) -> bad(at + " is " + why, with(at, value), causes, at));
    if (current.isObject()) {
      object(at, schema);
    }
    if (schema.path("type").asText().equals("array")) {
      BadValues.of(file, file.resolved(schema.get("items")), current.path(0))
          .forEach(
              (why, value) ->
                  bad(at + "/0 is " + why, with(at, array(value)), INCORRECT, at + "/0"));
    }
  }

  private void bad(String name, JsonNode body, Set<String> causes, String param) {
    found.add(new Bad(Requirement.OUT_OF_RANGE, name, body, causes, param));
  }

  private ObjectNode with(String at, JsonNode value) {
    ObjectNode body = valid.deepCopy();
    JsonPointer pointer = JsonPointer.compile(at);
    ((ObjectNode) body.at(pointer.head())).set(pointer.last().getMatchingProperty(), value);
    return body;
  }

  private static ArrayNode array(JsonNode item) {
    return JsonNodeFactory.instance.arrayNode().add(item);
  }

  private static boolean requires(JsonNode schema, String name) {
    for (JsonNode required : schema.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
