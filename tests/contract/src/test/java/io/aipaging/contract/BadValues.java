package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values a schema forbids, derived from its own words: every bound is overstepped by the least. */
final class BadValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> ODD_TEXTS =
      List.of(" ", "\u00e9\u00e8", "a b", "../x", "<x>", "\u0000", "~", "UNKNOWN-x");

  private final ApiFile file;
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  private BadValues(ApiFile file) {
    this.file = file;
  }

  /**
   * What {@code schema} forbids, by a name that says why.
   *
   * @param current a value it allows; missing when there is none at hand
   */
  static Map<String, JsonNode> of(ApiFile file, JsonNode schema, JsonNode current) {
    BadValues bad = new BadValues(file);
    bad.values.put("null", NODES.nullNode());
    List<JsonNode> branches = bad.branches(schema);
    switch (branches.getFirst().path("type").asText()) {
      case "object" -> bad.wrongTypes("a text", "an array", "a number");
      case "array" -> bad.array(branches.getFirst(), current);
      case "string" -> bad.string(branches, current);
      case "integer" -> bad.number(branches.getFirst(), true);
      case "number" -> bad.number(branches.getFirst(), false);
      case "boolean" -> bad.wrongTypes("a text", "a number", "an object");
      default -> throw new AssertionError("no type in " + schema);
    }
    return bad.values;
  }

  /** Texts a query or path parameter of this schema must not have. */
  static Map<String, String> texts(ApiFile file, JsonNode schema, String current) {
    Map<String, String> texts = new LinkedHashMap<>();
    of(file, schema, NODES.textNode(current))
        .forEach(
            (name, value) -> {
              if (value.isTextual() || value.isNumber()) {
                texts.put(name, value.asText());
              }
            });
    texts.remove("a number");
    return texts;
  }

  private List<JsonNode> branches(JsonNode schema) {
    JsonNode resolved = file.resolved(schema);
    if (!resolved.has("anyOf") || resolved.has("type")) {
      return List.of(resolved);
    }
    List<JsonNode> branches = new ArrayList<>();
    resolved.get("anyOf").forEach(branch -> branches.addAll(branches(branch)));
    return branches;
  }

  private void array(JsonNode schema, JsonNode current) {
    wrongTypes("a text", "an object", "a number");
    if (schema.path("minItems").asInt() > 0) {
      values.put("no item", NODES.arrayNode());
    }
    if (schema.has("maxItems") && !current.isEmpty()) {
      ArrayNode many = NODES.arrayNode();
      for (int i = 0; i <= schema.get("maxItems").asInt(); i++) {
        many.add(current.get(0));
      }
      values.put("one item too many", many);
    }
  }

  private void string(List<JsonNode> branches, JsonNode current) {
    wrongTypes("a number", "a boolean", "an array", "an object");
    int longest = branches.stream().mapToInt(b -> b.path("maxLength").asInt(-1)).max().orElse(-1);
    if (longest >= 0) {
      put(branches, "one character too long", "a".repeat(longest + 1));
      put(branches, "one digit too long", "1".repeat(longest + 1));
    }
    int shortest = branches.stream().mapToInt(b -> b.path("minLength").asInt(0)).min().orElse(0);
    if (shortest > 0) {
      put(branches, "one character too short", "a".repeat(shortest - 1));
    }
    put(branches, "empty", "");
    for (String odd : ODD_TEXTS) {
      put(branches, "odd text " + NODES.textNode(odd), odd);
    }
    if (current.isTextual()) {
      put(branches, "a line feed behind", current.asText() + "\n");
      put(branches, "a carriage return behind", current.asText() + "\r");
      put(branches, "a space before", " " + current.asText());
    }
  }

  private void number(JsonNode schema, boolean integer) {
    wrongTypes("a boolean", "an object");
    values.put("a digit as text", NODES.textNode("7"));
    BigDecimal step = integer ? BigDecimal.ONE : new BigDecimal("0.001");
    if (schema.has("minimum")) {
      BigDecimal least = schema.get("minimum").decimalValue();
      values.put("below the least", NODES.numberNode(least.subtract(step)));
    }
    if (schema.has("maximum")) {
      BigDecimal most = schema.get("maximum").decimalValue();
      values.put("above the most", NODES.numberNode(most.add(step)));
      values.put("far above the most", NODES.numberNode(most.add(BigDecimal.TEN.pow(20))));
    }
    if (integer) {
      BigDecimal near = schema.path("minimum").decimalValue().add(new BigDecimal("0.5"));
      values.put("no whole number", NODES.numberNode(near));
    }
  }

  private void wrongTypes(String... names) {
    for (String name : names) {
      values.put(
          name,
          switch (name) {
            case "a text" -> NODES.textNode("text");
            case "a number" -> NODES.numberNode(7);
            case "a boolean" -> NODES.booleanNode(true);
            case "an array" -> NODES.arrayNode();
            default -> NODES.objectNode();
          });
    }
  }

  private void put(List<JsonNode> branches, String name, String text) {
    if (branches.stream().noneMatch(branch -> allows(branch, text))) {
      values.put(name, NODES.textNode(text));
    }
  }

  /** As the pattern language of OpenAPI means it: {@code $} is the end and nothing else. */
  private static boolean allows(JsonNode branch, String text) {
    if (branch.has("enum")) {
      for (JsonNode allowed : branch.get("enum")) {
        if (allowed.asText().equals(text)) {
          return true;
        }
      }
      return false;
    }
    return text.length() <= branch.path("maxLength").asInt(Integer.MAX_VALUE)
        && text.length() >= branch.path("minLength").asInt(0)
        && (!branch.has("pattern")
            || Pattern.compile(branch.get("pattern").asText()).matcher(text).matches());
  }
}
