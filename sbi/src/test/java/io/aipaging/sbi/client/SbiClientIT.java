package io.aipaging.sbi.client;

import static io.aipaging.sbi.client.FlakyPeer.HANG_UP;
import static io.aipaging.sbi.client.FlakyPeer.SILENCE;
import static io.aipaging.sbi.client.FlakyPeer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Operation;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.fixture.Things;
import io.aipaging.sbi.oauth.TokenSource;
import io.aipaging.sbi.transport.SbiVertx;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SbiClientIT {
  private static final String THING =
      "{\"thingId\":\"t\",\"name\":\"n\",\"madeAt\":\"2026-01-02T03:04:05Z\"}";
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final Things.ThingRef REF = new Things.ThingRef("t");
  private static final Things.CreateThing CREATE = new Things.CreateThing("n", null, null);

  private static Vertx vertx;

  @BeforeAll
  static void open() {
    vertx = SbiVertx.create(2);
  }

  @AfterAll
  static void shut() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void anUnreachablePeerIsNotReachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    try (SbiClient client = client(port, TokenSource.none())) {
      Refusal refusal = refusal(client, Things.CREATE, CREATE);
      assertThat(refusal.status()).isEqualTo(504);
      assertThat(refusal.problemCause()).isEqualTo("TARGET_NF_NOT_REACHABLE");
    }
  }

  @Test
  void whatMayHaveArrivedIsRepeatedOnlyWhenThatIsSafe() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(n -> HANG_UP);
        SbiClient client = client(peer.port(), TokenSource.none())) {
      assertThat(refusal(client, Things.CREATE, CREATE).problemCause())
          .isEqualTo("TARGET_NF_NOT_REACHABLE");
      assertThat(peer.requests).hasSize(1);
      peer.requests.clear();
      refusal(client, Things.GET, REF);
      assertThat(peer.requests).hasSize(3);
      peer.requests.clear();
      refusal(client, Things.PUT, new Things.PutThing("t", "n", null));
      assertThat(peer.requests).hasSize(3);
    }
  }

  @Test
  void aRepeatSaysThatItIsOne() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(n -> n == 1 ? HANG_UP : answer(200, JSON, THING));
        SbiClient client = client(peer.port(), TokenSource.none())) {
      Call call = call(Duration.ofSeconds(5)).withIdempotencyKey("k-1");
      assertThat(client.call(Things.PUT, call, new Things.PutThing("t", "n", null)).name())
          .isEqualTo("n");
      assertThat(header(peer.requests.get(0), "3gpp-Sbi-Request-Info"))
          .isEqualTo("idempotency-key=k-1");
      assertThat(header(peer.requests.get(1), "3gpp-Sbi-Request-Info"))
          .isEqualTo("idempotency-key=k-1; retrans=true");
    }
  }

  @Test
  void aSilentPeerCostsNoMoreThanTheDeadline() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(n -> SILENCE);
        SbiClient client = client(peer.port(), TokenSource.none())) {
      long start = System.nanoTime();
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class, () -> client.call(Things.GET, call(Duration.ofMillis(400)), REF));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(refusal.problemCause()).isEqualTo("TIMED_OUT_REQUEST");
      assertThat(took).isBetween(Duration.ofMillis(350), Duration.ofSeconds(3));
      assertThat(peer.requests).hasSize(1);
      assertThat(Long.parseLong(header(peer.requests.getFirst(), "3gpp-Sbi-Max-Rsp-Time")))
          .isBetween(1L, 400L);
      assertThat(header(peer.requests.getFirst(), "3gpp-Sbi-Sender-Timestamp"))
          .matches("[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} [\\d:]{8}\\.\\d{3} GMT");
    }
  }

  @Test
  void aDeadlineThatHasPassedSendsNothing() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(n -> answer(200, JSON, THING));
        SbiClient client = client(peer.port(), TokenSource.none())) {
      Refusal refusal =
          catchThrowableOfType(
              Refusal.class, () -> client.call(Things.GET, call(Duration.ZERO), REF));
      assertThat(refusal.problemCause()).isEqualTo("TIMED_OUT_REQUEST");
      assertThat(peer.requests).isEmpty();
    }
  }

  @Test
  void whatThePeerRefusesIsRaisedAsItIs() throws Exception {
    String problem =
        "{\"status\":200,\"cause\":\"NF_CONGESTION\",\"detail\":\"Come\\r\\nback.\","
            + "\"invalidParams\":[{\"param\":\"/a\",\"reason\":\"b\"}]}";
    try (FlakyPeer peer = new FlakyPeer(n -> answer(503, PROBLEM, problem, "Retry-After: 7"));
        SbiClient client = client(peer.port(), TokenSource.none())) {
      Refusal refusal = refusal(client, Things.GET, REF);
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.problemCause()).isEqualTo("NF_CONGESTION");
      assertThat(refusal.detail()).isEqualTo("Come  back.");
      assertThat(refusal.invalidParams()).containsExactly(new InvalidParam("/a", "b"));
      assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      assertThat(peer.requests).hasSize(1);
    }
  }

  @Test
  void anAnswerThatMakesNoSenseIsTheInboundServersFault() throws Exception {
    List<String> answers = new ArrayList<>();
    answers.add(answer(200, "text/html", "<html>hello</html>"));
    answers.add(answer(200, JSON, "{\"thingId\":"));
    answers.add(answer(200, JSON, "[]"));
    answers.add(answer(200, JSON, ""));
    answers.add(answer(200, JSON, "{\"thingId\":\"t\",\"name\":\"n\"}"));
    answers.add(answer(200, JSON, THING.replace("\"n\"", "null")));
    answers.add(answer(200, JSON, THING.replace("2026-01-02T", "yesterday ")));
    answers.add(answer(200, JSON, THING + THING));
    answers.add(answer(200, JSON, "{\"a\":1,\"a\":2," + THING.substring(1)));
    answers.add(answer(200, JSON, "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"));
    answers.add(answer(200, JSON, "{\"a\":\"" + "x".repeat(300_000) + "\"}"));
    answers.add(answer(201, JSON, THING));
    answers.add(answer(302, JSON, THING, "Location: http://127.0.0.1:1/"));
    answers.add(answer(500, "text/html", "<h1>oops</h1>"));
    answers.add(answer(404, PROBLEM, "{\"title\":\"no cause\"}"));
    try (FlakyPeer peer = new FlakyPeer(n -> answers.get(n - 1));
        SbiClient client = client(peer.port(), TokenSource.none())) {
      for (int i = 0; i < answers.size(); i++) {
        Refusal refusal = refusal(client, Things.GET, REF);
        assertThat(refusal.status()).as(answers.get(i)).isEqualTo(502);
        assertThat(refusal.problemCause()).isEqualTo("INBOUND_SERVER_ERROR");
      }
      assertThat(peer.requests).hasSize(answers.size());
    }
  }

  @Test
  void aRejectedTokenIsReplacedOnce() throws Exception {
    String unauthorized = answer(401, PROBLEM, "{\"cause\":\"INVALID_TOKEN\"}");
    Counting tokens = new Counting();
    IntFunction<String> script = n -> n == 1 ? unauthorized : answer(200, JSON, THING);
    try (FlakyPeer peer = new FlakyPeer(script);
        SbiClient client = client(peer.port(), tokens)) {
      assertThat(client.call(Things.GET, call(Duration.ofSeconds(5)), REF).name()).isEqualTo("n");
      assertThat(header(peer.requests.get(0), "Authorization")).isEqualTo("Bearer token-1");
      assertThat(header(peer.requests.get(1), "Authorization")).isEqualTo("Bearer token-2");
    }
    try (FlakyPeer peer = new FlakyPeer(n -> unauthorized);
        SbiClient client = client(peer.port(), tokens)) {
      assertThat(refusal(client, Things.GET, REF).status()).isEqualTo(401);
      assertThat(peer.requests).hasSize(2);
    }
  }

  @Test
  void thePathsPrefixOfThePeerIsKept() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(n -> answer(200, JSON, THING));
        SbiClient client =
            SbiClient.create(
                ClientConfig.cleartext(URI.create("http://127.0.0.1:" + peer.port() + "/pre/fix/"))
                    .overHttp1(),
                TokenSource.none(),
                InstantSource.system(),
                vertx)) {
      client.call(Things.GET, call(Duration.ofSeconds(5)), REF);
      assertThat(peer.requests.getFirst())
          .startsWith("GET /pre/fix/nthing-shelf/v1/things/t HTTP/1.1\n");
    }
  }

  @Test
  void aRawClientSeesStatusHeadersAndBodyAndFollowsNoRedirect() throws Exception {
    List<String> answers =
        List.of(
            answer(201, JSON, "{\"a\":1}", "Location: http://pcf/x/1"),
            answer(307, JSON, "", "Location: http://127.0.0.1:1/"),
            answer(403, PROBLEM, "{\"cause\":\"X\"}"),
            answer(200, "text/plain", "hello"));
    try (FlakyPeer peer = new FlakyPeer(n -> n > answers.size() ? HANG_UP : answers.get(n - 1));
        RawClient client = RawClient.create(config(peer.port()), vertx)) {
      Duration limit = Duration.ofSeconds(5);
      RawClient.Reply created =
          client.send(
              new RawClient.Request("POST", "/app-sessions", Map.of("X-A", "b"), Map.of("n", 1)),
              limit);
      assertThat(created.status()).isEqualTo(201);
      assertThat(created.header("Location")).isEqualTo("http://pcf/x/1");
      assertThat(created.body().path("a").asInt()).isEqualTo(1);
      assertThat(peer.requests.getFirst()).endsWith("{\"n\":1}");
      assertThat(header(peer.requests.getFirst(), "X-A")).isEqualTo("b");
      RawClient.Request get = RawClient.Request.of("GET", "/x", null);
      assertThat(client.send(get, limit).status()).isEqualTo(307);
      assertThat(client.send(get, limit).body().path("cause").asText()).isEqualTo("X");
      assertThat(client.send(get, limit).body().isMissingNode()).isTrue();
      Refusal lost = catchThrowableOfType(Refusal.class, () -> client.send(get, limit));
      assertThat(lost.problemCause()).isEqualTo("TIMED_OUT_REQUEST");
      assertThat(peer.requests).hasSize(5);
    }
  }

  private static ClientConfig config(int port) {
    return ClientConfig.cleartext(URI.create("http://127.0.0.1:" + port))
        .overHttp1()
        .with(Duration.ofSeconds(1), Duration.ofSeconds(5), 2);
  }

  private static SbiClient client(int port, TokenSource tokens) {
    return SbiClient.create(config(port), tokens, InstantSource.system(), vertx);
  }

  private static Call call(Duration time) {
    return Call.within("me", Instant.now(), time);
  }

  private static <Q, R> Refusal refusal(SbiClient client, Operation<Q, R> operation, Q request) {
    return catchThrowableOfType(
        Refusal.class, () -> client.call(operation, call(Duration.ofSeconds(5)), request));
  }

  private static String header(String request, String name) {
    return request
        .lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Tokens with a number, so that one can tell them apart. */
  private static final class Counting implements TokenSource {
    private final AtomicInteger number = new AtomicInteger(1);

    @Override
    public String token(String scope) {
      return "token-" + number.get();
    }

    @Override
    public void rejected(String token) {
      number.incrementAndGet();
    }
  }
}
