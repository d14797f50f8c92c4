package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every producer of every contract must do with good and with bad requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProducerContract {
  private final Answers answers = new Answers();
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<String, ObjectNode> bases = new HashMap<>();
  private Wire wire;
  private TestIssuer issuer;
  private Producer producer;

  /** What it serves. */
  abstract List<Contract> contracts();

  /** Starts the producer, with files in {@code folder}; it believes {@code issuer}'s tokens. */
  abstract Producer start(TestIssuer issuer, Path folder) throws Exception;

  @BeforeAll
  void startProducer(@TempDir Path folder) throws Exception {
    wire = new Wire();
    issuer = new TestIssuer(folder);
    producer = start(issuer, folder);
    for (Operation<?, ?> operation : operations()) {
      bases.put(operation.operationId(), base(operation));
    }
  }

  @AfterAll
  void stopProducer() {
    if (producer != null) {
      producer.close();
    }
    issuer.close();
    wire.close();
  }

  @TestFactory
  Stream<DynamicNode> goodRequestsAreServed() {
    return each(operation -> test("served", () -> assertServed(operation)));
  }

  @TestFactory
  Stream<DynamicNode> badRequestsAreRefusedAndChangeNothing() {
    return each(
        operation ->
            Stream.concat(
                bad(operation).stream()
                    .flatMap(bad -> test(bad.toString(), () -> assertRefused(bad))),
                test("and a good one is still served", () -> assertServed(operation))));
  }

  @TestFactory
  Stream<DynamicNode> whatIsNotThereIsNotFound() {
    return each(operation -> test("unknown resource", () -> assertUnknown(operation)));
  }

  @TestFactory
  Stream<DynamicNode> aRepeatWithTheSameKeyHasOneEffect() {
    return each(operation -> test("repeated", () -> assertRepeatable(operation)));
  }

  @TestFactory
  Stream<DynamicNode> aKeyIsNotUsedForAnotherRequest() {
    return each(
        operation ->
            oncePerKey(operation)
                ? test("key reused", () -> assertKeyNotReused(operation))
                : Stream.empty());
  }

  @Test
  void everyOperationIsTestedForEverything() {
    for (Operation<?, ?> operation : operations()) {
      Set<Requirement> tested = EnumSet.of(Requirement.REPEATED_KEY);
      bad(operation).forEach(bad -> tested.add(bad.requirement()));
      if (producer.unknown(operation) != null || !producer.knowsWhatIsThere()) {
        tested.add(Requirement.UNKNOWN_RESOURCE);
      }
      assertThat(tested).as(operation.operationId()).containsAll(Exemptions.required(operation));
    }
  }

  @Test
  void exactlyTheOperationsOfTheContractsAreMounted() {
    TreeSet<String> mounted = new TreeSet<>();
    producer.routes().stream()
        .filter(route -> !route.operationId().equals("raw"))
        .forEach(r -> mounted.add(r.method() + " " + r.path() + " " + r.operationId()));
    TreeSet<String> described = new TreeSet<>();
    contracts().forEach(c -> described.addAll(ApiFile.of(c.api()).operations()));
    assertThat(mounted).isEqualTo(described);
  }

  @Test
  void everyRouteDemandsATokenOrSaysWhyNot() {
    producer
        .routes()
        .forEach(
            route -> assertThat(PublicRoutes.mayBeMounted(route)).as(route.toString()).isTrue());
  }

  /** An example's own COMMITs are long over and signed with a key nobody has. */
  @TestFactory
  Stream<DynamicNode> theCommitsOfTheExamplesAreNotBelieved() {
    return each(
        operation ->
            producer.knowsWhatIsThere()
                ? Example.requests(contractOf(operation), operation).stream()
                    .filter(example -> example.json().toString().contains("\"commit"))
                    .flatMap(e -> test(e.toString(), () -> assertCommitRejected(e)))
                : Stream.empty());
  }

  private void assertCommitRejected(Example example) {
    JsonNode before = producer.state();
    WireReply reply = send(authorized(example.operation(), example.json()));
    assertThat(reply.status()).as("%s", reply).isEqualTo(403);
    assertThat(assertProblem(reply).path("cause").asText()).isEqualTo("COMMIT_REJECTED");
    assertThat(producer.state()).isEqualTo(before);
  }

  private void assertServed(Operation<?, ?> operation) {
    ObjectNode members = producer.fresh(operation);
    WireReply reply = send(authorized(operation, members));
    assertThat(reply.status()).as("%s", reply).isEqualTo(operation.successStatus());
    if (operation.successStatus() == 204) {
      assertThat(reply.body()).isEmpty();
      return;
    }
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(answers.faults(operation, reply.json())).as("%s", reply).isEmpty();
    assertThat(answers.undeclared(operation, reply.json())).as("%s", reply).isEmpty();
    assertThat(Members.throughRecord(operation, reply.json())).isEqualTo(reply.json());
    assertLikeAnExample(operation, reply);
    producer.assertGood(operation, reply.json());
    String location = operation.location();
    if (location == null) {
      assertThat(reply.header("location")).isNull();
    } else {
      String expected = Members.filled(location, List.of(reply.json(), members));
      assertThat(reply.header("location")).isEqualTo(expected);
    }
  }

  /** Has all members of one of its examples, and none that no example of the contract shows. */
  private void assertLikeAnExample(Operation<?, ?> operation, WireReply reply) {
    Set<String> shape = Members.shape(reply.json());
    assertThat(Example.responses(contractOf(operation), operation))
        .as("an example of %s", reply)
        .anySatisfy(example -> assertThat(shape).containsAll(Members.shape(example.json())));
    Set<String> shown = new TreeSet<>();
    Example.of(contractOf(operation)).forEach(e -> shown.addAll(Members.names(e.json())));
    assertThat(shown).as("members shown").containsAll(Members.names(reply.json()));
  }

  private void assertRefused(BadRequest bad) {
    JsonNode before = producer.state();
    WireReply reply = send(bad.request());
    assertThat(reply.status()).as("%s for %s", reply, bad.request()).isEqualTo(bad.status());
    JsonNode problem = assertProblem(reply);
    assertThat(bad.causes()).as("%s", reply).contains(problem.path("cause").asText());
    if (bad.param() != null) {
      assertThat(problem.path("invalidParams").findValuesAsText("param"))
          .as("%s", reply)
          .contains(bad.param());
    }
    assertThat(producer.state()).as("after %s", reply).isEqualTo(before);
  }

  private JsonNode assertProblem(WireReply reply) {
    assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    JsonNode problem = reply.json();
    assertThat(answers.problemFaults(problem)).as("%s", reply).isEmpty();
    assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
    assertThat(problem.toString()).doesNotContain("Exception", "io.aipaging", "com.fasterxml");
    switch (reply.status()) {
      case 401, 403 -> {
        if (problem.path("cause").asText().matches(".*(TOKEN|SCOPE).*")) {
          assertThat(reply.header("www-authenticate")).startsWith("Bearer ");
        }
      }
      case 415 ->
          assertThat(reply.headers()).containsAnyOf(accepts("accept"), accepts("accept-encoding"));
      default -> assertThat(reply.header("www-authenticate")).isNull();
    }
    return problem;
  }

  private static Map.Entry<String, List<String>> accepts(String header) {
    return Map.entry(header, List.of(header.equals("accept") ? "application/json" : "identity"));
  }

  private void assertUnknown(Operation<?, ?> operation) {
    Producer.Unknown unknown = producer.unknown(operation);
    if (unknown == null && !producer.knowsWhatIsThere()) {
      return;
    }
    if (unknown == null) {
      assertThat(Exemptions.required(operation)).doesNotContain(Requirement.UNKNOWN_RESOURCE);
      return;
    }
    JsonNode before = producer.state();
    WireReply reply = send(authorized(operation, unknown.members()));
    assertThat(reply.status()).as("%s", reply).isEqualTo(unknown.status());
    if (!unknown.cause().isEmpty()) {
      assertThat(assertProblem(reply).path("cause").asText()).isEqualTo(unknown.cause());
    }
    assertThat(producer.state()).isEqualTo(before);
  }

  private void assertRepeatable(Operation<?, ?> operation) {
    WireRequest request = keyed(operation, producer.fresh(operation));
    WireReply first = send(request);
    assertThat(first.status()).as("%s", first).isEqualTo(operation.successStatus());
    JsonNode after = producer.state();
    WireReply second = send(request);
    assertThat(second.status()).as("%s", second).isEqualTo(first.status());
    assertThat(second.header("location")).isEqualTo(first.header("location"));
    assertThat(Members.lasting(second)).isEqualTo(Members.lasting(first));
    assertThat(producer.state()).isEqualTo(after);
    if (oncePerKey(operation)) {
      assertThat(second.body()).isEqualTo(first.body());
    }
  }

  private void assertKeyNotReused(Operation<?, ?> operation) {
    WireRequest first = keyed(operation, producer.fresh(operation));
    assertThat(send(first).status()).isEqualTo(operation.successStatus());
    JsonNode before = producer.state();
    WireRequest other =
        WireRequest.of(operation, Members.changed(bases.get(operation.operationId())))
            .with("Authorization", first.headers().get("Authorization"))
            .with("3gpp-Sbi-Request-Info", first.headers().get("3gpp-Sbi-Request-Info"));
    WireReply reply = send(other);
    assertThat(reply.status()).as("%s", reply).isEqualTo(409);
    assertThat(assertProblem(reply).path("cause").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(producer.state()).isEqualTo(before);
  }

  private List<BadRequest> bad(Operation<?, ?> operation) {
    ObjectNode members = bases.get(operation.operationId());
    WireRequest valid = authorized(operation, members);
    ApiFile file = ApiFile.of(operation.api());
    List<BadRequest> bad = new ArrayList<>(BadTokens.of(issuer, claims(operation), valid));
    bad.addAll(Deadlines.bad(valid));
    BadParameters.of(file, operation, members).forEach(p -> bad.add(withToken(p, valid)));
    JsonNode schema = file.bodySchema(operation);
    if (!schema.isMissingNode()) {
      ObjectNode body = members.deepCopy();
      body.remove(operation.pathVariables());
      bad.addAll(BadBodies.of(valid, body, file.bodyRequired(operation)));
      for (BadMembers.Bad b : BadMembers.of(file, schema, body)) {
        WireRequest request = valid.withBody(b.body().toString());
        bad.add(new BadRequest(b.requirement(), b.name(), request, 400, b.causes(), b.param()));
      }
    }
    return bad;
  }

  private static BadRequest withToken(BadRequest bad, WireRequest valid) {
    WireRequest request = bad.request().with("Authorization", valid.headers().get("Authorization"));
    return new BadRequest(
        bad.requirement(), bad.name(), request, bad.status(), bad.causes(), bad.param());
  }

  /** The examples of an operation in one, about something that is there. */
  private ObjectNode base(Operation<?, ?> operation) {
    Contract contract = contractOf(operation);
    ObjectNode all = Json.MAPPER.createObjectNode();
    for (Example example : Example.requests(contract, operation)) {
      Members.merge(all, example.json());
    }
    Members.merge(all, producer.fresh(operation));
    return all;
  }

  private WireRequest keyed(Operation<?, ?> operation, ObjectNode members) {
    String key = "idempotency-key=key-" + turn.incrementAndGet() + "-" + operation.operationId();
    return authorized(operation, members).with("3gpp-Sbi-Request-Info", key);
  }

  private WireRequest authorized(Operation<?, ?> operation, ObjectNode members) {
    return WireRequest.of(operation, members)
        .with("Authorization", "Bearer " + issuer.sign(claims(operation)))
        .with("3gpp-Sbi-Sender-Timestamp", Deadlines.timestamp(Instant.now()));
  }

  private Map<String, Object> claims(Operation<?, ?> operation) {
    return issuer.claims(producer.consumer(), producer.audience(), operation.api());
  }

  /** Takes both versions of HTTP in turn, but only one client sends what is no URI. */
  private WireReply send(WireRequest request) {
    boolean uri = !request.target().contains("%zz");
    boolean odd = turn.incrementAndGet() % 2 == 1;
    return wire.send(
        uri && odd ? Wire.Version.HTTP_1_1 : Wire.Version.H2C, producer.port(), request);
  }

  private static boolean oncePerKey(Operation<?, ?> operation) {
    return operation.hasBody() && !operation.safeToRepeat();
  }

  private Contract contractOf(Operation<?, ?> operation) {
    return contracts().stream()
        .filter(contract -> contract.api().equals(operation.api()))
        .findFirst()
        .orElseThrow();
  }

  private List<Operation<?, ?>> operations() {
    List<Operation<?, ?>> operations = new ArrayList<>();
    contracts().forEach(contract -> operations.addAll(contract.operations()));
    return operations;
  }

  private Stream<DynamicNode> each(
      java.util.function.Function<Operation<?, ?>, Stream<DynamicNode>> tests) {
    return operations().stream()
        .map(o -> DynamicContainer.dynamicContainer(o.operationId(), tests.apply(o)));
  }

  private static Stream<DynamicNode> test(
      String name, org.junit.jupiter.api.function.Executable test) {
    return Stream.of(DynamicTest.dynamicTest(name, test));
  }
}
