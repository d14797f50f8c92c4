package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.certs.DevTokens;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Contracts;
import io.aipaging.openapi.Operation;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.server.SbiServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a producer of each contract takes from the wire and puts on it: exactly the examples. */
@ParameterizedClass
@MethodSource("contracts")
class ProducerIT {
  private static final String AUDIENCE = "producer";
  private static final Answers ANSWERS = new Answers();

  private final Contract contract;
  private final DevTokens tokens = DevTokens.issuerInMemory();
  private final RecordingFake fake = new RecordingFake();
  private final Wire wire = new Wire();
  private SbiServer server;

  ProducerIT(Contract contract) {
    this.contract = contract;
  }

  static List<Contract> contracts() {
    return Contracts.ALL;
  }

  @BeforeEach
  void start() {
    SbiServer.Builder builder =
        SbiServer.builder(
            ListenerConfig.cleartext("127.0.0.1", 0),
            tokens.policy(AUDIENCE),
            InstantSource.system());
    server = Interfaces.bind(contract, builder, fake.as(contract)).start();
  }

  @AfterEach
  void stop() {
    server.close();
    wire.close();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleArrivesAndIsAnsweredAsWritten() {
    return exchanges().stream()
        .flatMap(
            exchange ->
                Stream.of(Wire.Version.values())
                    .map(
                        version ->
                            DynamicTest.dynamicTest(
                                version + " " + exchange, () -> onTheWire(version, exchange))));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleSurvivesTheProjectsOwnClient() {
    return exchanges().stream()
        .flatMap(
            exchange ->
                Stream.of(true, false)
                    .map(
                        http2 ->
                            DynamicTest.dynamicTest(
                                (http2 ? "h2c " : "http/1.1 ") + exchange,
                                () -> throughTheClient(http2, exchange))));
  }

  private void onTheWire(Wire.Version version, Exchange exchange) {
    Operation<?, ?> operation = exchange.operation();
    prepare(exchange);
    WireReply reply =
        wire.send(
            version,
            server.port(),
            WireRequest.of(operation, exchange.request().json())
                .with(
                    "Authorization",
                    "Bearer " + tokens.token("nf-1", AUDIENCE, exchange.operation().scope()))
                .with("3gpp-Sbi-Max-Rsp-Time", "4000")
                .with("3gpp-Sbi-Request-Info", "idempotency-key=" + exchange.key(version)));
    assertThat(reply.status()).as("%s", reply).isEqualTo(operation.successStatus());
    RecordingFake.Received received = assertReceivedOnce(exchange);
    assertThat(received.call().idempotencyKey()).isEqualTo(exchange.key(version));
    assertThat(received.call().deadline()).isBetween(Instant.now(), Instant.now().plusMillis(4000));
    assertThat(reply.header("location")).isEqualTo(exchange.location());
    if (operation.successStatus() == 204) {
      assertThat(reply.body()).isEmpty();
      assertThat(reply.header("content-type")).isNull();
    } else {
      assertThat(reply.header("content-type")).isEqualTo("application/json");
      assertThat(reply.json()).isEqualTo(exchange.response().json());
      assertThat(ANSWERS.faults(operation, reply.json())).isEmpty();
    }
  }

  private void throughTheClient(boolean http2, Exchange exchange) throws IOException {
    prepare(exchange);
    ClientConfig config = ClientConfig.cleartext(URI.create("http://127.0.0.1:" + server.port()));
    try (SbiClient client =
        SbiClient.create(http2 ? config : config.overHttp1(), tokens.source("nf-1", AUDIENCE))) {
      Call call = Call.within("ignored", Instant.now(), Duration.ofSeconds(4));
      Object response =
          Interfaces.call(
              Interfaces.overHttp(contract, client),
              exchange.operation(),
              call,
              exchange.request().value());
      assertThat(response).isEqualTo(exchange.response().value());
      assertThat(Json.tree(Json.MAPPER.writeValueAsBytes(response)))
          .isEqualTo(exchange.response().json());
      assertReceivedOnce(exchange);
    }
  }

  private void prepare(Exchange exchange) {
    fake.forget();
    fake.answer(exchange.operation().operationId(), exchange.response().value());
  }

  private RecordingFake.Received assertReceivedOnce(Exchange exchange) {
    assertThat(fake.received()).hasSize(1);
    RecordingFake.Received received = fake.received().getFirst();
    assertThat(received.method()).isEqualToIgnoringCase(exchange.operation().operationId());
    assertThat(received.request()).isEqualTo(exchange.request().value());
    assertThat(received.call().consumer()).isEqualTo("nf-1");
    return received;
  }

  private List<Exchange> exchanges() {
    List<Exchange> exchanges = new ArrayList<>();
    for (Operation<?, ?> operation : contract.operations()) {
      List<Exchange> own = Exchange.all(contract, operation);
      assertThat(own).as("examples of %s", operation.operationId()).isNotEmpty();
      exchanges.addAll(own);
    }
    return exchanges;
  }
}
