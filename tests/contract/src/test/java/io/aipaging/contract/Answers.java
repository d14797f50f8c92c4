package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.oas.OpenApi30;
import io.aipaging.openapi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Validates answers against the OpenAPI files. */
final class Answers {
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(
          VersionFlag.V4,
          builder ->
              builder
                  .metaSchema(OpenApi30.getInstance())
                  .defaultMetaSchemaIri(OpenApi30.getInstance().getIri()));

  /** What is wrong with the body of a successful answer. */
  List<String> faults(Operation<?, ?> operation, JsonNode body) {
    ApiFile file = ApiFile.of(operation.api());
    return faults(operation.api(), file.answerPointer(operation), body);
  }

  /** Members of a successful answer that the file does not declare, as JSON Pointers. */
  List<String> undeclared(Operation<?, ?> operation, JsonNode body) {
    ApiFile file = ApiFile.of(operation.api());
    List<String> undeclared = new ArrayList<>();
    undeclared(file, file.root().at(file.answerPointer(operation)), body, "", undeclared);
    return undeclared;
  }

  private static void undeclared(
      ApiFile file, JsonNode reference, JsonNode value, String at, List<String> found) {
    JsonNode schema = file.resolved(reference);
    for (int i = 0; i < value.size() && value.isArray(); i++) {
      undeclared(file, schema.path("items"), value.get(i), at + "/" + i, found);
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode declared = schema.path("properties").path(member.getKey());
      if (declared.isMissingNode()) {
        found.add(at + "/" + member.getKey());
      } else {
        undeclared(file, declared, member.getValue(), at + "/" + member.getKey(), found);
      }
    }
  }

  /** What is wrong with a ProblemDetails. */
  List<String> problemFaults(JsonNode body) {
    return faults("common", "/components/schemas/ProblemDetails", body);
  }

  private List<String> faults(String file, String pointer, JsonNode body) {
    JsonSchema schema =
        factory.getSchema(
            SchemaLocation.of("classpath:openapi/" + file + ".yaml#" + pointer), CONFIG);
    List<String> faults = new ArrayList<>();
    schema
        .validate(body.toString(), InputFormat.JSON)
        .forEach(message -> faults.add(message.getMessage()));
    return faults;
  }
}
