package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds answers against the contracts. */
final class Judge {
  private final Answers answers = new Answers();

  /** The answer to a good request. */
  void assertGood(Contract contract, Operation<?, ?> operation, WireReply reply) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(operation.successStatus());
    if (operation.successStatus() == 204) {
      assertThat(reply.body()).isEmpty();
      return;
    }
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(answers.faults(operation, reply.json())).as("%s", reply).isEmpty();
    assertThat(answers.undeclared(operation, reply.json())).as("%s", reply).isEmpty();
    assertThat(Members.throughRecord(operation, reply.json())).isEqualTo(reply.json());
    assertLikeAnExample(contract, operation, reply);
  }

  /** Has all members of one of its examples, and none that no example of the contract shows. */
  private static void assertLikeAnExample(
      Contract contract, Operation<?, ?> operation, WireReply reply) {
    Set<String> shape = Members.shape(reply.json());
    assertThat(Example.responses(contract, operation))
        .as("an example of %s", reply)
        .anySatisfy(example -> assertThat(shape).containsAll(Members.shape(example.json())));
    Set<String> shown = new TreeSet<>();
    Example.of(contract).forEach(e -> shown.addAll(Members.names(e.json())));
    assertThat(shown).as("members shown").containsAll(Members.names(reply.json()));
  }

  /** The {@code Location} of what was made, of nothing else. */
  void assertLocation(Operation<?, ?> operation, JsonNode members, WireReply reply) {
    String location = operation.location();
    if (location == null) {
      assertThat(reply.header("location")).isNull();
    } else {
      assertThat(reply.header("location"))
          .isEqualTo(Members.filled(location, List.of(reply.json(), members)));
    }
  }

  /** A refusal that says what it must and no more. */
  void assertRefused(BadRequest bad, WireReply reply) {
    assertThat(reply.status()).as("%s for %s", reply, bad.request()).isEqualTo(bad.status());
    JsonNode problem = problem(reply);
    assertThat(bad.causes()).as("%s", reply).contains(problem.path("cause").asText());
    if (bad.param() != null) {
      assertThat(problem.path("invalidParams").findValuesAsText("param"))
          .as("%s", reply)
          .contains(bad.param());
    }
  }

  void assertProblem(WireReply reply, int status, String cause) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(status);
    assertThat(problem(reply).path("cause").asText()).isEqualTo(cause);
  }

  private JsonNode problem(WireReply reply) {
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    JsonNode problem = reply.json();
    assertThat(answers.problemFaults(problem)).as("%s", reply).isEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
    assertThat(problem.toString()).doesNotContain("Exception", "io.aipaging", "com.fasterxml");
    boolean challenged =
        reply.status() == 401 || problem.path("cause").asText().equals("INSUFFICIENT_SCOPE");
    if (challenged) {
      assertThat(reply.header("www-authenticate")).startsWith("Bearer ");
    } else {
      assertThat(reply.header("www-authenticate")).isNull();
    }
    if (reply.status() == 415) {
      assertThat(reply.headers())
          .containsAnyOf(
              Map.entry("accept", List.of("application/json")),
              Map.entry("accept-encoding", List.of("identity")));
    }
    return problem;
  }
}
