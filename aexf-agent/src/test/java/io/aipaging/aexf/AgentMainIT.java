package io.aipaging.aexf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.admission.ReleaseHold;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import io.aipaging.sbi.contract.HttpNaexfAdmission;
import io.aipaging.sbi.logging.Audit;
import io.aipaging.sbi.oauth.TokenSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** The agent as its own process would run: configuration file, tokens, HTTP/2, management port. */
class AgentMainIT {
  private static final String LEASE = "lease-0001";
  private static final String SESSION = "session-0001";

  @TempDir Path directory;
  private final SigningKeys keys = SigningKeys.generate();
  private Vertx vertx;
  private HttpServer surroundings;
  private ECKey issuerKey;
  private AgentMain agent;
  private final List<String> announced = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    issuerKey = new ECKeyGenerator(Curve.P_256).keyID("issuer-1").generate();
    vertx = Vertx.vertx();
    surroundings = vertx.createHttpServer().requestHandler(this::answer);
    surroundings.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    Files.write(directory.resolve("ueh.key"), new byte[32]);
    Files.writeString(directory.resolve("client.secret"), "not a real secret\n");
    agent = AgentMain.start(config(""), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    agent.close();
    surroundings.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aStartIsAnnouncedOnceUnderANameOfItsOwn() throws Exception {
    awaitAnnounced(1);
    agent.close();
    agent = AgentMain.start(config(""), Clock.systemUTC());
    awaitAnnounced(2);
    assertThat(announced)
        .allMatch(body -> body.contains("\"enforcerId\":\"agent-a\",\"kind\":\"ANCHOR\""))
        .doesNotHaveDuplicates();
  }

  private void awaitAnnounced(int times) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (announced.size() < times && System.nanoTime() < end) {
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
    assertThat(announced).hasSize(times);
  }

  @Test
  void aLeaseIsHeldPostedListedAndReleasedOverHttp2() {
    try (SbiClient client = client("naexf-admission")) {
      NaexfAdmission admission = new HttpNaexfAdmission(client);
      admission.createHold(call(), new CreateHold(LEASE, SESSION, Commits.AISI.toString(), 5_000));
      String commit =
          new CommitSigner(keys)
              .sign(
                  Commits.standard()
                      .serve(LEASE, SESSION, 1, Instant.now(), Duration.ofSeconds(30)));
      AdmittedLease admitted = admission.applyCommit(call(), new ApplyCommit(commit));
      assertThat(admitted.remainingMs()).isBetween(20_000L, 29_750L);
      assertThat(admission.listLeases(call(), new ListLeases()).leases()).hasSize(1);
      assertThat(admission.getStatus(call(), new GetStatus()).slotsHeld()).isEqualTo(1);
      Refusal posted =
          catchThrowableOfType(
              Refusal.class, () -> admission.releaseHold(call(), new ReleaseHold(LEASE)));
      assertThat(posted.problemCause()).isEqualTo("HOLD_POSTED");
    }
  }

  @Test
  void aTokenOfAnotherScopeIsRefused() {
    try (SbiClient client = client("naipf-paging")) {
      NaexfAdmission admission = new HttpNaexfAdmission(client);
      Refusal refusal =
          catchThrowableOfType(Refusal.class, () -> admission.getStatus(call(), new GetStatus()));
      assertThat(refusal.status()).isEqualTo(403);
    }
  }

  @Test
  void theManagementPortSaysReadyAndCounts() throws Exception {
    assertThat(get(agent.agent().guardPort(), "/v1/embeddings").statusCode()).isEqualTo(401);
    assertThat(get(agent.managementPort(), "/health/ready").statusCode()).isEqualTo(200);
    assertThat(get(agent.managementPort(), "/metrics").body())
        .contains("aexf_slots_capacity 4.0")
        .contains("aexf_guard_denied_total{code=\"missing_token\"} 1.0");
  }

  @Test
  void aTokenThatTheGuardRejectsIsAuditedAndNotRepeated() throws Exception {
    Logger audit = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    audit.addAppender(lines);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + agent.agent().guardPort() + "/v1/embeddings"))
              .header("Authorization", "Bearer eyJ.imsi-001010000000001.x")
              .build();
      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
    } finally {
      audit.detachAppender(lines);
    }
    assertThat(lines.list.getFirst().getKeyValuePairs())
        .contains(new KeyValuePair("cause", "invalid_token"));
    assertThat(lines.list.toString() + lines.list.getFirst().getKeyValuePairs())
        .doesNotContain("eyJ", "imsi-");
  }

  @Test
  void oneJournalHasOneAgentAndAFailedStartLeavesNothingBehind() {
    assertThatThrownBy(() -> AgentMain.start(config(""), Clock.systemUTC()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("held by another process");
    agent.close();
    agent = AgentMain.start(config(""), Clock.systemUTC());
  }

  @Test
  void anUnknownKeyRefusesToStart() {
    assertThatThrownBy(() -> config("surprise: 1\n"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("surprise");
  }

  private AgentConfig config(String more) {
    int port = surroundings.actualPort();
    String yaml =
        """
        anchor:
          anchor-id: anchor-a
          enforcer-id: agent-a
          aisis: ["urn:aisi:example.net:embed:basic:1"]
          slots: 4
          aipf-issuer: aipf-set-1
          journal: %1$s/fences
          guard: {port: 0, gateways: ["10.60.1.1"]}
          model: {port: %2$d}
        ue-hash-key-file: %1$s/ueh.key
        aipf: {base-uri: "http://127.0.0.1:%2$d"}
        listener: {port: 0}
        oauth:
          issuer: dev-issuer
          audiences: [AEXF]
          keys: {base-uri: "http://127.0.0.1:%2$d"}
        token:
          issuer: {base-uri: "http://127.0.0.1:%2$d"}
          audience: CUSTOM_AIPF
          client-id: agent-a
          client-secret-file: %1$s/client.secret
        management: {port: 0}
        """
            .formatted(directory, port);
    return Configuration.parse(AgentConfig.class, yaml + more, Map.of(), "AIPAGING_AEXF");
  }

  /** Token issuer, AIPF key set and model server in one. */
  private void answer(HttpServerRequest request) {
    if (request.path().equals("/naipf-events/v1/enforcers/announce")) {
      request.body().onSuccess(body -> announced.add(body.toString()));
      request.response().setStatusCode(204).end();
      return;
    }
    Object body =
        switch (request.path()) {
          case "/oauth2/token" ->
              Map.of(
                  "access_token",
                  accessToken("naipf-keyinfo"),
                  "token_type",
                  "Bearer",
                  "expires_in",
                  60);
          case "/oauth2/jwks" -> new JWKSet(issuerKey.toPublicJWK()).toJSONObject();
          case "/naipf-keyinfo/v1/jwks" -> Map.of("keys", List.copyOf(keys.jwks()));
          default -> Map.of();
        };
    try {
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .end(new ObjectMapper().writeValueAsString(body));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String accessToken(String scope) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType("at+jwt"))
                  .keyID("issuer-1")
                  .build(),
              new JWTClaimsSet.Builder()
                  .issuer("dev-issuer")
                  .subject("aipf-1")
                  .audience("AEXF")
                  .claim("scope", scope)
                  .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                  .build());
      token.sign(new ECDSASigner(issuerKey));
      return token.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private SbiClient client(String scope) {
    TokenSource tokens =
        new TokenSource() {
          @Override
          public String token(String wanted) {
            return accessToken(scope);
          }

          @Override
          public void rejected(String token) {}
        };
    URI uri = URI.create("http://127.0.0.1:" + agent.sbiPort());
    return SbiClient.create(ClientConfig.cleartext(uri), tokens);
  }

  private static java.net.http.HttpResponse<String> get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static Call call() {
    return Call.within("aipf-1", Instant.now(), Duration.ofSeconds(10));
  }
}
