package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What every producer of every contract must do with good and with bad requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProducerContract {
  private final Judge judge = new Judge();
  private final Map<String, ObjectNode> bases = new HashMap<>();
  private TestIssuer issuer;
  private Producer producer;
  private Caller caller;

  /** What it serves. */
  abstract List<Contract> contracts();

  /** Starts the producer, with files in {@code folder}; it believes {@code issuer}'s tokens. */
  abstract Producer start(TestIssuer issuer, Path folder) throws Exception;

  @BeforeAll
  void startProducer(@TempDir Path folder) throws Exception {
    issuer = new TestIssuer(folder);
    producer = start(issuer, folder);
    caller = new Caller(issuer, producer);
    for (Operation<?, ?> operation : operations()) {
      bases.put(operation.operationId(), base(operation));
    }
  }

  @AfterAll
  void stopProducer() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {caller, producer, issuer}) {
      if (part != null) {
        part.close();
      }
    }
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
    return each(
        operation ->
            producer.unknown(operation) == null
                ? Stream.empty()
                : test("unknown resource", () -> assertUnknown(operation)));
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

  /** An example's own COMMITs are long over and signed with a key nobody has. */
  @TestFactory
  Stream<DynamicNode> theCommitsOfTheExamplesAreNotBelieved() {
    return each(
        operation ->
            Example.requests(contractOf(operation), operation).stream()
                .filter(example -> producer.knowsWhatIsThere())
                .filter(example -> example.json().toString().contains("\"commit"))
                .flatMap(e -> test(e.toString(), () -> assertCommitRejected(e))));
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
    assertThat(producer.routes()).isNotEmpty().allMatch(PublicRoutes::mayBeMounted);
  }

  private void assertServed(Operation<?, ?> operation) {
    ObjectNode members = producer.fresh(operation);
    WireReply reply = caller.send(caller.authorized(operation, members));
    judge.assertGood(contractOf(operation), operation, reply);
    if (operation.successStatus() != 204) {
      judge.assertLocation(operation, members, reply);
      producer.assertGood(operation, reply.json());
    }
  }

  private void assertRefused(BadRequest bad) {
    JsonNode before = producer.state();
    WireReply reply = caller.send(bad.request());
    judge.assertRefused(bad, reply);
    assertThat(producer.state()).as("after %s", reply).isEqualTo(before);
  }

  private void assertCommitRejected(Example example) {
    JsonNode before = producer.state();
    WireReply reply = caller.send(caller.authorized(example.operation(), example.json()));
    judge.assertProblem(reply, 403, "COMMIT_REJECTED");
    assertThat(producer.state()).isEqualTo(before);
  }

  private void assertUnknown(Operation<?, ?> operation) {
    Producer.Unknown unknown = producer.unknown(operation);
    JsonNode before = producer.state();
    WireReply reply = caller.send(caller.authorized(operation, unknown.members()));
    if (unknown.cause().isEmpty()) {
      assertThat(reply.status()).as("%s", reply).isEqualTo(unknown.status());
    } else {
      judge.assertProblem(reply, unknown.status(), unknown.cause());
    }
    assertThat(producer.state()).isEqualTo(before);
  }

  private void assertRepeatable(Operation<?, ?> operation) {
    WireRequest request = caller.keyed(operation, producer.fresh(operation));
    WireReply first = caller.send(request);
    assertThat(first.status()).as("%s", first).isEqualTo(operation.successStatus());
    JsonNode after = producer.state();
    WireReply second = caller.send(request);
    assertThat(second.status()).as("%s", second).isEqualTo(first.status());
    assertThat(second.header("location")).isEqualTo(first.header("location"));
    assertThat(Members.lasting(second)).isEqualTo(Members.lasting(first));
    assertThat(producer.state()).isEqualTo(after);
    if (oncePerKey(operation)) {
      assertThat(second.body()).isEqualTo(first.body());
    }
  }

  private void assertKeyNotReused(Operation<?, ?> operation) {
    WireRequest first = caller.keyed(operation, producer.fresh(operation));
    assertThat(caller.send(first).status()).isEqualTo(operation.successStatus());
    JsonNode before = producer.state();
    ObjectNode other = Members.changed(bases.get(operation.operationId()));
    WireReply reply = caller.send(caller.keyedLike(first, operation, other));
    judge.assertProblem(reply, 409, "IDEMPOTENCY_KEY_REUSED");
    assertThat(producer.state()).isEqualTo(before);
  }

  private List<BadRequest> bad(Operation<?, ?> operation) {
    return caller.bad(operation, bases.get(operation.operationId()));
  }

  /** The examples of an operation in one, about something that is there. */
  private ObjectNode base(Operation<?, ?> operation) {
    ObjectNode all = Json.MAPPER.createObjectNode();
    for (Example example : Example.requests(contractOf(operation), operation)) {
      Members.merge(all, example.json());
    }
    Members.merge(all, producer.fresh(operation));
    return all;
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

  private Stream<DynamicNode> each(Function<Operation<?, ?>, Stream<DynamicNode>> tests) {
    return operations().stream()
        .map(o -> DynamicContainer.dynamicContainer(o.operationId(), tests.apply(o)));
  }

  private static Stream<DynamicNode> test(String name, Executable test) {
    return Stream.of(DynamicTest.dynamicTest(name, test));
  }
}
