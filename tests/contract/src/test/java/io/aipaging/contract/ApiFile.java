package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.aipaging.openapi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A contract's OpenAPI file, read independently of the runtime under test.
 *
 * @param api service name
 * @param root the whole file
 */
record ApiFile(String api, JsonNode root) {
  private static final YAMLMapper YAML = new YAMLMapper();

  static ApiFile of(String api) {
    return new ApiFile(api, read(api));
  }

  /** {@code METHOD /path operationId} of each operation the file has. */
  TreeSet<String> operations() {
    TreeSet<String> found = new TreeSet<>();
    root.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            found.add(
                                method.getKey().toUpperCase(Locale.ROOT)
                                    + " /"
                                    + api
                                    + "/v1"
                                    + path.getKey()
                                    + " "
                                    + method.getValue().path("operationId").asText())));
    return found;
  }

  /** The inline parameters of an operation; headers are of common.yaml and left out. */
  List<JsonNode> parameters(Operation<?, ?> operation) {
    List<JsonNode> inline = new ArrayList<>();
    operation(operation)
        .path("parameters")
        .forEach(
            parameter -> {
              if (parameter.has("name")) {
                inline.add(parameter);
              }
            });
    return inline;
  }

  /** Schema of the request body; missing when there is none. */
  JsonNode bodySchema(Operation<?, ?> operation) {
    return operation(operation).at("/requestBody/content/application~1json/schema");
  }

  boolean bodyRequired(Operation<?, ?> operation) {
    return operation(operation).at("/requestBody/required").asBoolean(false);
  }

  /** Where the schema of the successful answer stands, as a JSON Pointer. */
  String answerPointer(Operation<?, ?> operation) {
    return operationPointer(operation)
        + "/responses/"
        + operation.successStatus()
        + "/content/application~1json/schema";
  }

  /** Follows {@code $ref} within the file. */
  JsonNode resolved(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = root.at(at.get("$ref").asText().substring(1));
    }
    return at;
  }

  private JsonNode operation(Operation<?, ?> operation) {
    return root.at(operationPointer(operation));
  }

  private String operationPointer(Operation<?, ?> operation) {
    String path = operation.path().substring(("/" + api + "/v1").length());
    return "/paths/"
        + path.replace("~", "~0").replace("/", "~1")
        + "/"
        + operation.method().toLowerCase(Locale.ROOT);
  }

  private static JsonNode read(String api) {
    try (InputStream in = ApiFile.class.getResourceAsStream("/openapi/" + api + ".yaml")) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
