package io.aipaging.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is valid and loses nothing on its way through its record. */
class ExamplesTest {
  private static final Schemas SCHEMAS = new Schemas();

  static Stream<Example> examples() {
    return Contracts.ALL.stream().flatMap(contract -> Example.of(contract).stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleRoundTripsThroughItsRecord(Example example) throws IOException {
    JsonNode json = example.json();
    Object value = Example.MAPPER.treeToValue(json, example.type());
    String written = Example.MAPPER.writeValueAsString(value);
    assertThat(Example.MAPPER.readTree(written)).isEqualTo(json);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleIsValid(Example example) {
    String api = example.contract().api();
    Operation<?, ?> operation = example.operation();
    if (!example.request()) {
      String component = "/components/schemas/" + operation.response().getSimpleName();
      assertThat(SCHEMAS.faults(api, component, example.json())).isEmpty();
      return;
    }
    ObjectNode body = example.json().deepCopy();
    for (String variable : operation.pathVariables()) {
      assertParameter(example, variable, body.remove(variable));
    }
    if (operation.hasBody()) {
      String component = "/components/schemas/" + operation.request().getSimpleName();
      assertThat(SCHEMAS.faults(api, component, body)).isEmpty();
    } else {
      body.properties().forEach(p -> assertParameter(example, p.getKey(), p.getValue()));
    }
  }

  @Test
  void everyOperationHasARequestAndAResponse() {
    for (Contract contract : Contracts.ALL) {
      List<Example> examples = Example.of(contract);
      for (Operation<?, ?> operation : contract.operations()) {
        assertThat(examples)
            .as(operation.operationId())
            .anyMatch(example -> example.request() && example.operation().equals(operation));
        assertThat(examples.stream().anyMatch(e -> !e.request() && e.operation().equals(operation)))
            .as(operation.operationId())
            .isEqualTo(operation.response() != NoContent.class);
      }
    }
  }

  @Test
  void everyFolderBelongsToAContract() throws IOException {
    try (Stream<Path> folders = Files.list(Example.folder()).filter(Files::isDirectory)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Contracts.ALL.stream().map(Contract::api).toList());
    }
  }

  private static void assertParameter(Example example, String name, JsonNode value) {
    String pointer = parameterPointer(example, name);
    assertThat(SCHEMAS.faults(example.contract().api(), pointer, value)).as(name).isEmpty();
  }

  private static String parameterPointer(Example example, String name) {
    Operation<?, ?> operation = example.operation();
    String path = operation.path().substring(("/" + operation.api() + "/v1").length());
    JsonNode parameters =
        OpenApiFile.of(example.contract())
            .operation(operation.operationId())
            .node()
            .path("parameters");
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).path("name").asText().equals(name)) {
        return "/paths/"
            + path.replace("~", "~0").replace("/", "~1")
            + "/"
            + operation.method().toLowerCase(java.util.Locale.ROOT)
            + "/parameters/"
            + i
            + "/schema";
      }
    }
    throw new AssertionError("no parameter " + name + " in " + operation.operationId());
  }
}
