package io.aipaging.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything has a bound. */
class BoundsTest {
  static Stream<String> files() {
    return Stream.concat(
        Contracts.ALL.stream().map(contract -> "/" + contract.resource()),
        Stream.of("/openapi/common.yaml"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void stringsArraysAndNumbersAreBounded(String file) {
    visit(OpenApiFile.read(file), file);
  }

  @ParameterizedTest
  @MethodSource("files")
  void objectsIgnoreUnknownMembers(String file) {
    assertThat(OpenApiFile.read(file).findValues("additionalProperties")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void componentsAreUsed(String file) {
    JsonNode root = OpenApiFile.read(file);
    List<String> refs = root.findValuesAsText("$ref");
    root.at("/components/schemas")
        .properties()
        .forEach(schema -> assertThat(refs).contains("#/components/schemas/" + schema.getKey()));
  }

  private static void visit(JsonNode node, String where) {
    if (node.path("type").isTextual()) {
      bounded(node, where);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      visit(member.getValue(), where + "/" + member.getKey());
    }
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        visit(node.get(i), where + "/" + i);
      }
    }
  }

  private static void bounded(JsonNode schema, String where) {
    switch (schema.get("type").asText()) {
      case "string" -> assertThat(schema.has("maxLength") || schema.has("enum")).as(where).isTrue();
      case "array" -> assertThat(schema.has("maxItems")).as(where).isTrue();
      case "integer", "number" ->
          assertThat(schema.has("minimum") && schema.has("maximum")).as(where).isTrue();
      default -> assertThat(schema.get("type").asText()).as(where).isIn(OTHER_TYPES);
    }
    if (schema.has("pattern")) {
      String pattern = schema.get("pattern").asText();
      assertThat(pattern).as(where).startsWith("^").endsWith("$");
      assertThat(pattern).as("%s: $ is an anchor, never a character", where).doesNotContain("\\$");
      assertThat(Pattern.compile(pattern)).isNotNull();
    }
  }

  private static final Set<String> OTHER_TYPES = Set.of("object", "boolean", "oauth2");
}
