package io.aipaging.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A contract's OpenAPI file as the tests read it. */
record OpenApiFile(String api, JsonNode root) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static OpenApiFile of(Contract contract) {
    return new OpenApiFile(contract.api(), read("/" + contract.resource()));
  }

  static JsonNode read(String resource) {
    try (InputStream in = OpenApiFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One operation of the file: where it stands and what it says. */
  record Described(String method, String path, JsonNode node) {
    String operationId() {
      return node.path("operationId").asText();
    }

    /** Names of the inline parameters that are sent in {@code in}. */
    List<String> parameters(String in) {
      List<String> names = new ArrayList<>();
      for (JsonNode parameter : node.path("parameters")) {
        if (parameter.path("in").asText().equals(in)) {
          names.add(parameter.path("name").asText());
        }
      }
      return names;
    }

    JsonNode parameter(String name) {
      for (JsonNode parameter : node.path("parameters")) {
        if (parameter.path("name").asText().equals(name)) {
          return parameter;
        }
      }
      throw new IllegalStateException(operationId() + " has no parameter " + name);
    }

    JsonNode bodySchema() {
      return jsonSchema(node.path("requestBody"));
    }

    JsonNode answerSchema(int status) {
      return jsonSchema(node.path("responses").path(Integer.toString(status)));
    }

    private static JsonNode jsonSchema(JsonNode content) {
      return content.path("content").path("application/json").path("schema");
    }
  }

  List<Described> operations() {
    List<Described> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        found.add(
            new Described(
                method.getKey().toUpperCase(java.util.Locale.ROOT),
                "/" + api + "/v1" + path.getKey(),
                method.getValue()));
      }
    }
    return found;
  }

  Described operation(String operationId) {
    return operations().stream()
        .filter(operation -> operation.operationId().equals(operationId))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(api + " has no " + operationId));
  }

  /** Follows {@code $ref} within the file. */
  JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      String ref = at.get("$ref").asText();
      if (!ref.startsWith("#/")) {
        throw new IllegalStateException("a schema must not leave its file: " + ref);
      }
      at = root.at(ref.substring(1));
    }
    return at;
  }

  /** Name of the component that {@code schema} refers to; empty when it refers to none. */
  static String component(JsonNode schema) {
    String ref = schema.path("$ref").asText();
    return ref.substring(ref.lastIndexOf('/') + 1);
  }
}
