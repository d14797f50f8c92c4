package io.aipaging.sbi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Contracts;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.fixture.Tokens;
import io.aipaging.sbi.server.Route;
import io.aipaging.sbi.server.SbiServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S-26 and S-93 of the checklist: what is mounted is what the contracts say, each guarded. */
class ContractBindingsIT {
  private final Tokens tokens = new Tokens();
  private final Map<Operation<?, ?>, Object> received = new ConcurrentHashMap<>();
  private SbiServer server;

  @BeforeEach
  void start() {
    SbiServer.Builder builder =
        SbiServer.builder(
            ListenerConfig.cleartext("127.0.0.1", 0), tokens.policy(), InstantSource.system());
    ContractBindings.bind(builder, answering(NaipfPaging.class));
    ContractBindings.bind(builder, answering(NaipfKeyinfo.class));
    ContractBindings.bind(builder, answering(NaipfEvents.class));
    ContractBindings.bind(builder, answering(NpcfadapterQosbinding.class));
    ContractBindings.bind(builder, answering(NsmfadapterSteering.class));
    ContractBindings.bind(builder, answering(NaexfAdmission.class));
    ContractBindings.bind(builder, answering(NnefAipaging.class));
    server = builder.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyOperationOfEveryContractIsMountedUnderItsScope() {
    List<Route> expected =
        Contracts.ALL.stream()
            .map(Contract::operations)
            .flatMap(List::stream)
            .map(o -> new Route(o.method(), o.path(), o.operationId(), "scope " + o.api()))
            .toList();
    assertThat(server.routes()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyExampleOfEveryOperationArrivesAsItWasSentInBothDirections() {
    ClientConfig config = ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port()));
    Map<Class<?>, Function<SbiClient, Object>> wirings =
        Map.of(
            NaipfPaging.class, HttpNaipfPaging::new,
            NaipfKeyinfo.class, HttpNaipfKeyinfo::new,
            NaipfEvents.class, HttpNaipfEvents::new,
            NpcfadapterQosbinding.class, HttpNpcfadapterQosbinding::new,
            NsmfadapterSteering.class, HttpNsmfadapterSteering::new,
            NaexfAdmission.class, HttpNaexfAdmission::new,
            NnefAipaging.class, HttpNnefAipaging::new);
    try (SbiClient client = SbiClient.create(config, tokens.source("nf-1"))) {
      wirings.forEach((contract, wiring) -> callEveryMethod(contract, wiring.apply(client)));
    }
    assertThat(received)
        .hasSize(Contracts.ALL.stream().mapToInt(contract -> contract.operations().size()).sum());
  }

  private void callEveryMethod(Class<?> contract, Object wired) {
    Call call = Call.within("me", Instant.now(), Duration.ofSeconds(5)).withIdempotencyKey("key-1");
    for (Method method : contract.getDeclaredMethods()) {
      Operation<?, ?> operation = operation(method);
      Object request = example(operation, "request", operation.request());
      try {
        assertThat(method.invoke(wired, call, request)).isEqualTo(answer(operation));
      } catch (InvocationTargetException e) {
        throw new AssertionError(method + ": " + e.getCause(), e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
      assertThat(received).containsEntry(operation, request);
    }
  }

  /** Answers every method with the example of its operation. */
  private <T> T answering(Class<T> contract) {
    return contract.cast(
        Proxy.newProxyInstance(
            contract.getClassLoader(),
            new Class<?>[] {contract},
            (proxy, method, arguments) -> {
              Call call = (Call) arguments[0];
              assertThat(call.consumer()).isEqualTo("nf-1");
              assertThat(call.idempotencyKey()).isEqualTo("key-1");
              received.put(operation(method), arguments[1]);
              return answer(operation(method));
            }));
  }

  private static Object answer(Operation<?, ?> operation) {
    return operation.response() == NoContent.class
        ? NoContent.INSTANCE
        : example(operation, "response", operation.response());
  }

  private static Object example(Operation<?, ?> operation, String direction, Class<?> type) {
    String name =
        "/openapi/examples/%s/%s-%s.json"
            .formatted(operation.api(), operation.operationId(), direction);
    try (InputStream in = ContractBindingsIT.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return Json.MAPPER.readValue(in, type);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static Operation<?, ?> operation(Method method) {
    return Contracts.ALL.stream()
        .map(Contract::operations)
        .flatMap(List::stream)
        .filter(o -> o.operationId().equalsIgnoreCase(method.getName()))
        .findFirst()
        .orElseThrow();
  }
}
