package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Contracts;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.oauth.TokenSource;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a consumer of each contract puts on the wire and takes from it: exactly the examples. */
@ParameterizedClass
@MethodSource("contracts")
class ConsumerIT {
  private static final String PROBLEM =
      """
      {"status":409,"cause":"INCOMPATIBLE_STATE","detail":"It is ending.",\
      "invalidParams":[{"param":"/durationSec","reason":"too long"}]}""";

  private final Contract contract;
  private final Vertx vertx = Vertx.vertx();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile Canned canned = new Canned(500, "application/json", "{}");
  private HttpServer peer;

  ConsumerIT(Contract contract) {
    this.contract = contract;
  }

  /** What the peer answers. */
  private record Canned(int status, String contentType, String body) {}

  /** What the peer got. */
  private record Seen(HttpVersion version, WireRequest request) {}

  static List<Contract> contracts() {
    return Contracts.ALL;
  }

  @BeforeEach
  void start() {
    peer =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsSentAndReadAsWritten() {
    return contract.operations().stream()
        .flatMap(operation -> Exchange.all(contract, operation).stream())
        .flatMap(
            exchange ->
                Stream.of(true, false)
                    .map(
                        http2 ->
                            DynamicTest.dynamicTest(
                                (http2 ? "h2c " : "http/1.1 ") + exchange,
                                () -> sendsAndReads(http2, exchange))));
  }

  @TestFactory
  Stream<DynamicTest> everyOperationRaisesARefusalAsItCame() {
    return contract.operations().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(operation.operationId(), () -> raisesRefusal(operation)));
  }

  private void sendsAndReads(boolean http2, Exchange exchange) throws IOException {
    Operation<?, ?> operation = exchange.operation();
    canned =
        new Canned(
            operation.successStatus(), "application/json", exchange.response().json().toString());
    seen.clear();
    assertThat(call(http2, exchange)).isEqualTo(exchange.response().value());
    assertThat(seen).hasSize(1);
    WireRequest expected = WireRequest.of(operation, exchange.request().json());
    WireRequest sent = seen.getFirst().request();
    assertThat(seen.getFirst().version())
        .isEqualTo(http2 ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
    assertThat(sent.method()).isEqualTo(expected.method());
    assertThat(sent.path()).isEqualTo(expected.path());
    assertThat(query(sent)).isEqualTo(query(expected));
    assertThat(json(sent.body())).isEqualTo(json(expected.body()));
    assertThat(sent.headers())
        .containsEntry("authorization", "Bearer " + operation.scope() + ".token")
        .containsEntry("3gpp-sbi-request-info", "idempotency-key=key-1")
        .containsKeys("3gpp-sbi-sender-timestamp", "3gpp-sbi-max-rsp-time", "accept");
    assertThat(Integer.parseInt(sent.headers().get("3gpp-sbi-max-rsp-time"))).isBetween(1, 4000);
    if (sent.body().length > 0) {
      assertThat(sent.headers()).containsEntry("content-type", "application/json");
    }
  }

  private void raisesRefusal(Operation<?, ?> operation) {
    canned = new Canned(409, "application/problem+json", PROBLEM);
    Exchange exchange = Exchange.all(contract, operation).getFirst();
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> call(true, exchange));
    assertThat(refusal.status()).isEqualTo(409);
    assertThat(refusal.problemCause()).isEqualTo("INCOMPATIBLE_STATE");
    assertThat(refusal.detail()).isEqualTo("It is ending.");
    assertThat(refusal.invalidParams())
        .singleElement()
        .satisfies(param -> assertThat(param.param()).isEqualTo("/durationSec"));
  }

  private Object call(boolean http2, Exchange exchange) {
    ClientConfig config =
        ClientConfig.cleartext(URI.create("http://127.0.0.1:" + peer.actualPort()));
    try (SbiClient client =
        SbiClient.create(http2 ? config : config.overHttp1(), new ScopedTokens())) {
      Call call =
          Call.within("me", Instant.now(), Duration.ofSeconds(4)).withIdempotencyKey("key-1");
      return Interfaces.call(
          Interfaces.overHttp(contract, client),
          exchange.operation(),
          call,
          exchange.request().value());
    }
  }

  private void answer(HttpServerRequest request, Buffer body) {
    java.util.Map<String, String> headers = new java.util.HashMap<>();
    request.headers().forEach((n, v) -> headers.put(n.toLowerCase(java.util.Locale.ROOT), v));
    seen.add(
        new Seen(
            request.version(),
            new WireRequest(request.method().name(), request.uri(), headers, body.getBytes())));
    Canned now = canned;
    request.response().setStatusCode(now.status());
    if (now.status() == 204) {
      request.response().end();
    } else {
      request.response().putHeader("Content-Type", now.contentType()).end(now.body());
    }
  }

  private static Set<String> query(WireRequest request) {
    String target = request.target();
    int at = target.indexOf('?');
    return at < 0 ? Set.of() : new TreeSet<>(List.of(target.substring(at + 1).split("&")));
  }

  private static List<JsonNode> json(byte[] body) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    if (body.length > 0 && !new String(body, StandardCharsets.UTF_8).equals("{}")) {
      documents.add(Json.tree(body));
    }
    return documents;
  }

  /** Tokens that tell for which scope they were asked. */
  private static final class ScopedTokens implements TokenSource {
    @Override
    public String token(String scope) {
      return scope + ".token";
    }

    @Override
    public void rejected(String token) {
      throw new AssertionError("nobody rejected " + token);
    }
  }
}
