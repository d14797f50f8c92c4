package io.aipaging.aexf.guard.http;

import static io.aipaging.aexf.guard.http.GuardKit.LEASE;
import static io.aipaging.aexf.guard.http.GuardKit.OTHER_UE;
import static io.aipaging.aexf.guard.http.GuardKit.SESSION;
import static io.aipaging.aexf.guard.http.GuardKit.UE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.aexf.Commits;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AistSigner;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardIT {
  private static final Duration TERM = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private GuardKit kit;

  @BeforeEach
  void start() {
    kit = new GuardKit(directory);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void anAdmittedRequestReachesTheModelServerWithoutItsToken() throws Exception {
    kit.admit(TERM);
    HttpResponse<String> answer;
    try (HttpClient client = GuardKit.client(UE)) {
      answer =
          client.send(
              kit.request(
                      "/v1/echo?a=b",
                      "Authorization",
                      "bearer " + kit.token(SESSION, UE),
                      "X-Mine",
                      "1")
                  .POST(BodyPublishers.ofString("x".repeat(300_000)))
                  .build(),
              BodyHandlers.ofString());
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("POST /v1/echo?a=b\n")
        .contains("\nx-mine\n")
        .endsWith("body 300000")
        .doesNotContain("authorization");
    assertThat(answer.headers().firstValue("x-model")).contains("yes");
    assertThat(answer.headers().firstValue("server")).isEmpty();
    assertThat(answer.headers().firstValue("connection")).isEmpty();
  }

  @Test
  void withoutATokenNothingIsServed() throws Exception {
    kit.admit(TERM);
    HttpResponse<String> answer = kit.get(UE, "/v1/echo");
    assertRefused(answer, 401, "missing_token");
    assertThat(answer.headers().firstValue("www-authenticate").orElse("")).startsWith("Bearer");
    assertRefused(kit.get(UE, "/v1/echo", "Authorization", "Basic YTpi"), 401, "missing_token");
    String token = kit.token(SESSION, UE);
    assertRefused(
        kit.get(UE, "/v1/echo", "Authorization", "Bearer " + token, "Authorization", "Bearer x"),
        401,
        "missing_token");
    assertThat(kit.model.requests).hasValue(0);
  }

  @Test
  void whatIsNoSessionTokenOfThisSetIsRefused() throws Exception {
    kit.admit(TERM);
    String commit =
        kit.commitSigner.sign(kit.commits().serve(LEASE, SESSION, 9, Instant.now(), TERM));
    assertRefused(kit.getWithToken("/v1/echo", commit), 401, "invalid_token");
    assertRefused(kit.getWithToken("/v1/echo", "abc"), 401, "invalid_token");
    Confirmation binding = binding(SESSION, UE);
    String old = kit.sign(SESSION, binding, "infer", Instant.now().minusSeconds(601));
    assertRefused(kit.getWithToken("/v1/echo", old), 401, "invalid_token");
    String early = kit.sign(SESSION, binding, "infer", Instant.now().plusSeconds(5));
    assertRefused(kit.getWithToken("/v1/echo", early), 401, "invalid_token");
    String token = kit.token(SESSION, UE);
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    assertRefused(kit.getWithToken("/v1/echo", unsigned), 401, "invalid_token");
    assertRefused(kit.getWithToken("/v1/echo", forged(binding)), 401, "invalid_token");
  }

  @Test
  void aTokenWithoutTheScopeIsRefused() throws Exception {
    kit.admit(TERM);
    String token = kit.sign(SESSION, binding(SESSION, UE), "read", Instant.now());
    HttpResponse<String> answer = kit.getWithToken("/v1/echo", token);
    assertRefused(answer, 403, "insufficient_scope");
    assertThat(answer.headers().firstValue("www-authenticate").orElse("")).contains("infer");
  }

  @Test
  void aTokenForAnotherServiceIsRefused() throws Exception {
    kit.admit(TERM);
    Aisi other = Aisi.parse("urn:aisi:example.net:chat:basic:1");
    String token =
        new AistSigner(kit.keys)
            .sign(
                new io.aipaging.protocol.Aist(
                    Commits.ISSUER,
                    "subject-pseudonym",
                    "app-1",
                    other,
                    new SessionId(SESSION),
                    "infer",
                    binding(SESSION, UE),
                    Instant.now().minusSeconds(1),
                    Instant.now().plusSeconds(60),
                    "token-id-1"));
    assertRefused(kit.getWithToken("/v1/echo", token), 401, "invalid_token");
  }

  @Test // L2.15
  void aTokenWithoutALiveLeaseOfItsSessionIsRefused() throws Exception {
    assertRefused(kit.getWithToken("/v1/echo", kit.token(SESSION, UE)), 403, "no_live_lease");
    kit.admit(TERM);
    String other = kit.token("session-0002", UE);
    assertRefused(kit.getWithToken("/v1/echo", other), 403, "no_live_lease");
    kit.apply(kit.commits().end(LEASE, SESSION, 9, EndScope.LEASE, Instant.now()));
    assertRefused(kit.getWithToken("/v1/echo", kit.token(SESSION, UE)), 403, "no_live_lease");
    assertThat(kit.denied).hasSize(3).containsOnly("no_live_lease");
  }

  @Test // L2.13
  void anotherUeCannotUseTheTokenNorATokenForItself() throws Exception {
    kit.admit(TERM);
    String stolen = "Bearer " + kit.token(SESSION, UE);
    assertRefused(kit.get(OTHER_UE, "/v1/echo", "Authorization", stolen), 403, "wrong_ue_address");
    assertRefused(kit.getWithToken("/v1/echo", kit.token(SESSION, OTHER_UE)), 401, "invalid_token");
    String ofOtherSession = kit.token(SESSION, binding("session-0002", UE));
    assertRefused(kit.getWithToken("/v1/echo", ofOtherSession), 401, "invalid_token");
  }

  @Test
  void onlyOfferedTargetsWrittenInOneWayAreServed() throws Exception {
    kit.admit(TERM);
    String token = kit.token(SESSION, UE);
    assertRefused(kit.getWithToken("/metrics", token), 404, "unknown_url");
    assertRefused(kit.getWithToken("/v1/%2e%2e/metrics", token), 400, "bad_target");
    assertRefused(kit.getWithToken("/v1/a%2fb", token), 400, "bad_target");
    assertRefused(kit.getWithToken("/v1//a", token), 400, "bad_target");
    assertRefused(kit.getWithToken("/v1/../metrics", token), 400, "bad_target");
    assertRefused(kit.get(UE, "/v1/echo?access_token=" + token), 400, "token_in_query");
    try (HttpClient client = GuardKit.client(UE)) {
      var trace = kit.request("/v1/echo").method("PATCH", BodyPublishers.noBody()).build();
      assertRefused(client.send(trace, BodyHandlers.ofString()), 405, "method_not_allowed");
    }
  }

  @Test
  void bodiesAndHeadsAreBounded() throws Exception {
    kit.close();
    kit = new GuardKit(directory, smallBodies());
    kit.admit(TERM);
    String token = "Bearer " + kit.token(SESSION, UE);
    byte[] big = new byte[100_000];
    try (HttpClient client = GuardKit.client(UE)) {
      var known =
          kit.request("/v1/echo", "Authorization", token)
              .POST(BodyPublishers.ofByteArray(big))
              .build();
      assertRefused(client.send(known, BodyHandlers.ofString()), 413, "body_too_large");
      var chunked =
          kit.request("/v1/echo", "Authorization", token)
              .POST(
                  BodyPublishers.fromPublisher(
                      BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(big))))
              .build();
      assertRefused(client.send(chunked, BodyHandlers.ofString()), 413, "body_too_large");
      var longHead =
          kit.request("/v1/echo", "Authorization", token, "X-Long", "x".repeat(20_000)).build();
      assertThat(client.send(longHead, BodyHandlers.ofString()).statusCode()).isEqualTo(431);
    }
    assertThat(kit.inFlight()).isZero();
  }

  @Test
  void aModelServerThatIsGoneIsReportedAndForgiven() throws Exception {
    kit.admit(TERM);
    String token = kit.token(SESSION, UE);
    kit.model.close();
    assertRefused(kit.getWithToken("/v1/echo", token), 502, "model_unavailable");
    Await.until("the anchor is unhealthy", () -> !kit.agent.healthy());
    kit.model.listen();
    Await.until("the anchor is healthy again", kit.agent::healthy);
    assertThat(kit.getWithToken("/v1/echo", token).statusCode()).isEqualTo(200);
    assertThat(kit.inFlight()).isZero();
  }

  private String forged(Confirmation binding) {
    GuardKit other = kit;
    return new AistSigner(SigningKeys.generate())
        .sign(
            new io.aipaging.protocol.Aist(
                Commits.ISSUER,
                "subject-pseudonym",
                "app-1",
                Commits.AISI,
                new SessionId(SESSION),
                "infer",
                binding,
                Instant.now().minusSeconds(1),
                Instant.now().plusSeconds(60),
                "token-id-" + other.port()));
  }

  private Confirmation binding(String session, String ue) {
    return new Confirmation.UeAddressHash(
        kit.ueHash.hash(new SessionId(session), UeAddress.parse(ue)));
  }

  private static GuardConfig smallBodies() {
    GuardConfig c = GuardConfig.cleartext("127.0.0.1", 0, java.util.List.of());
    return new GuardConfig(
        c.host(),
        c.port(),
        null,
        c.gateways(),
        c.paths(),
        c.scope(),
        c.serviceNames(),
        c.proofWindow(),
        c.connectionsMax(),
        c.headerBytesMax(),
        50_000,
        c.headTimeout(),
        c.bodyTimeout(),
        c.idleTimeout(),
        c.drainLead());
  }

  static void assertRefused(HttpResponse<String> answer, int status, String code) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    var error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotEmpty();
    assertThat(error.path("type").asText()).isNotEmpty();
  }
}
