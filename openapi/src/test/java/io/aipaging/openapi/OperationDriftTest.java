package io.aipaging.openapi;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations in Java and operations in the OpenAPI files are the same ones. */
class OperationDriftTest {
  static Stream<Contract> contracts() {
    return Contracts.ALL.stream();
  }

  static Stream<Operation<?, ?>> operations() {
    return Contracts.ALL.stream().flatMap(contract -> contract.operations().stream());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everyOperationIsInItsFileAndNoOther(Contract contract) {
    assertThat(OpenApiFile.of(contract).operations())
        .extracting(o -> o.operationId() + " " + o.method() + " " + o.path())
        .containsExactlyInAnyOrderElementsOf(
            contract.operations().stream()
                .map(o -> o.operationId() + " " + o.method() + " " + o.path())
                .toList());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void fileNamesItselfItsServerAndItsScope(Contract contract) {
    OpenApiFile file = OpenApiFile.of(contract);
    assertThat(file.root().path("openapi").asText()).isEqualTo("3.0.3");
    assertThat(file.root().at("/servers/0/url").asText())
        .isEqualTo("{apiRoot}/" + contract.api() + "/v1");
    assertThat(file.root().at("/security/0/oAuth2ClientCredentials/0").asText())
        .isEqualTo(contract.api());
    assertThat(file.root().at("/security")).hasSize(1);
    assertThat(
            file.root()
                .at("/components/securitySchemes/oAuth2ClientCredentials/flows/clientCredentials")
                .path("scopes")
                .has(contract.api()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void whoMayCallIsInTheFile(Operation<?, ?> operation) {
    JsonNode security = described(operation).node().path("security");
    if (operation.right() == null) {
      assertThat(security.isMissingNode()).isTrue();
      return;
    }
    List<String> scopes = new ArrayList<>();
    security.at("/0/oAuth2ClientCredentials").forEach(scope -> scopes.add(scope.asText()));
    assertThat(security).hasSize(1);
    assertThat(String.join(" ", scopes)).isEqualTo(operation.scope());
    assertThat(
            OpenApiFile.read("/openapi/" + operation.api() + ".yaml")
                .at("/components/securitySchemes/oAuth2ClientCredentials/flows/clientCredentials")
                .path("scopes")
                .properties()
                .stream()
                .map(java.util.Map.Entry::getKey))
        .containsAll(scopes);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void successStatusBodyAndAnswerAgree(Operation<?, ?> operation) {
    OpenApiFile.Described described = described(operation);
    JsonNode responses = described.node().path("responses");
    assertThat(names(responses))
        .filteredOn(status -> status.startsWith("2"))
        .containsExactly(Integer.toString(operation.successStatus()));
    assertThat(OpenApiFile.component(described.bodySchema()))
        .isEqualTo(operation.hasBody() ? operation.request().getSimpleName() : "");
    assertThat(OpenApiFile.component(described.answerSchema(operation.successStatus())))
        .isEqualTo(
            operation.response() == NoContent.class ? "" : operation.response().getSimpleName());
    JsonNode location =
        responses.path(Integer.toString(operation.successStatus())).at("/headers/Location");
    assertThat(location.isMissingNode()).isEqualTo(operation.location() == null);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void parametersAreTheMembersOutsideTheBody(Operation<?, ?> operation) {
    OpenApiFile.Described described = described(operation);
    assertThat(described.parameters("path"))
        .containsExactlyInAnyOrderElementsOf(operation.pathVariables());
    List<String> query = new ArrayList<>();
    if (!operation.hasBody()) {
      Arrays.stream(operation.request().getRecordComponents())
          .map(member -> member.getName())
          .filter(name -> !operation.pathVariables().contains(name))
          .forEach(query::add);
    }
    assertThat(described.parameters("query")).containsExactlyInAnyOrderElementsOf(query);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void refusalsAndHeadersComeFromCommon(Operation<?, ?> operation) {
    OpenApiFile.Described described = described(operation);
    JsonNode common = OpenApiFile.read("/openapi/common.yaml");
    described.node().path("responses").properties().stream()
        .filter(status -> !status.getKey().startsWith("2"))
        .forEach(status -> assertCommon(common, status.getValue()));
    assertThat(names(described.node().path("responses")))
        .contains("400", "401", "403", "405", "429", "500", "503", "504", "default");
    List<JsonNode> headers = new ArrayList<>();
    described
        .node()
        .path("parameters")
        .forEach(
            p -> {
              if (p.has("$ref")) {
                headers.add(p);
              }
            });
    headers.forEach(header -> assertCommon(common, header));
    assertThat(headers).hasSize(operation.hasBody() ? 3 : 2);
  }

  @Test
  void operationIdsAreUniqueWithinAContractAndNamedLikeTheirMethod() {
    for (Contract contract : Contracts.ALL) {
      assertThat(contract.operations()).extracting(Operation::operationId).doesNotHaveDuplicates();
    }
    assertThat(operations().map(Operation::operationId).collect(toSet()))
        .allMatch(id -> id.substring(0, 1).equals(id.substring(0, 1).toUpperCase(Locale.ROOT)));
  }

  private static void assertCommon(JsonNode common, JsonNode reference) {
    String ref = reference.path("$ref").asText();
    assertThat(ref).startsWith("common.yaml#/");
    assertThat(common.at(ref.substring("common.yaml#".length())).isMissingNode()).as(ref).isFalse();
  }

  private static OpenApiFile.Described described(Operation<?, ?> operation) {
    Contract contract =
        Contracts.ALL.stream()
            .filter(candidate -> candidate.operations().contains(operation))
            .findFirst()
            .orElseThrow();
    return OpenApiFile.of(contract).operation(operation.operationId());
  }

  private static List<String> names(JsonNode node) {
    return StreamSupport.stream(node.properties().spliterator(), false)
        .map(java.util.Map.Entry::getKey)
        .toList();
  }
}
