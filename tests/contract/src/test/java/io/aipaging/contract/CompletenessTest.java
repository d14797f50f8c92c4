package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Contracts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompletenessTest {
  private static final List<ProducerContract> RUNNING =
      List.of(
          new PagingProducerIT(),
          new QosBindingProducerIT(),
          new SteeringProducerIT(),
          new AdmissionProducerIT(),
          new ExposureProducerIT());

  @Test
  void everyContractIsTestedThroughARunningService() {
    assertThat(RUNNING.stream().flatMap(service -> service.contracts().stream()))
        .containsExactlyInAnyOrderElementsOf(Contracts.ALL);
  }

  @Test
  void everyOperationIsInItsFileAndNothingElse() {
    for (Contract contract : Contracts.ALL) {
      TreeSet<String> operations = new TreeSet<>();
      contract
          .operations()
          .forEach(o -> operations.add(o.method() + " " + o.path() + " " + o.operationId()));
      assertThat(operations).isEqualTo(ApiFile.of(contract.api()).operations());
    }
  }

  /** Otherwise bounds below an absent member would be tested by nobody. */
  @Test
  void everyObjectInARequestIsInAnExample() {
    for (Contract contract : Contracts.ALL) {
      ApiFile file = ApiFile.of(contract.api());
      contract
          .operations()
          .forEach(
              operation ->
                  assertThat(Example.requests(contract, operation))
                      .as(operation.operationId())
                      .isNotEmpty());
      Stream<String> absent =
          contract.operations().stream()
              .flatMap(o -> ExampleGaps.objects(file, o, Example.requests(contract, o)).stream());
      assertThat(absent).as(contract.api()).isEmpty();
    }
  }

  @Test
  void aSchemaOfOneNameIsTheSameInEveryFile() {
    Map<String, JsonNode> seen = new HashMap<>();
    int shared = 0;
    for (Contract contract : Contracts.ALL) {
      for (var schema : ApiFile.of(contract.api()).root().at("/components/schemas").properties()) {
        JsonNode other = seen.putIfAbsent(schema.getKey(), schema.getValue());
        shared += other == null ? 0 : 1;
        assertThat(schema.getValue())
            .as(contract.api() + " " + schema.getKey())
            .isEqualTo(other == null ? schema.getValue() : other);
      }
    }
    assertThat(shared).isPositive();
  }
}
