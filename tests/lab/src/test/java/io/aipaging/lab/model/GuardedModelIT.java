package io.aipaging.lab.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.aexf.Agent;
import io.aipaging.aexf.AnchorConfig;
import io.aipaging.aexf.guard.http.GuardConfig;
import io.aipaging.aexf.guard.http.ModelConfig;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.CreateHold;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistSigner;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.UeHashKey;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stock client's request, through the guard, to a real model and back. */
class GuardedModelIT {
  private static final SessionId SESSION = new SessionId("session-0001");
  private static final LeaseId LEASE = new LeaseId("lease-0001");
  private static final Aisi AISI = Aisi.parse("urn:aisi:example.net:embed:basic:1");
  private static final UeAddress UE = UeAddress.parse("127.0.0.1");

  private final SigningKeys keys = SigningKeys.generate();
  private final UeHashKey ueHash = new UeHashKey(new byte[32]);

  @TempDir Path directory;

  @Test
  void embeddingsComeThroughTheGuardWhileTheLeaseLives() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ModelServer model =
            ModelServer.start("127.0.0.1", 0, ModelServer.MODEL, new MiniLmEmbedder());
        Agent agent = agent(vertx, model.port())) {
      assertThat(embed(agent.guardPort()).statusCode()).isEqualTo(403);
      admit(agent, Instant.now().plusSeconds(30));
      HttpResponse<String> answer = embed(agent.guardPort());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode embedding = new ObjectMapper().readTree(answer.body()).at("/data/0/embedding");
      assertThat(embedding.size()).isEqualTo(384);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private Agent agent(Vertx vertx, int modelPort) {
    return Agent.start(
        new AnchorConfig(
            "anchor-a",
            "agent-a",
            List.of(AISI.toString()),
            4,
            "aipf-set-1",
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            directory.resolve("fences"),
            GuardConfig.cleartext("127.0.0.1", 0, List.of()),
            ModelConfig.at("127.0.0.1", modelPort)),
        new Agent.Surroundings(
            KeySet.ofJwks(keys.jwks()), ueHash, Clock.systemUTC(), vertx, denied -> {}));
  }

  private void admit(Agent agent, Instant expiresAt) {
    Call call = Call.within("aipf-1", Instant.now(), Duration.ofSeconds(5));
    agent
        .admission()
        .createHold(call, new CreateHold(LEASE.value(), SESSION.value(), AISI.toString(), 5_000));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Commit commit =
        new Commit(
            "aipf-set-1",
            List.of("agent-a"),
            UUID.randomUUID().toString(),
            LEASE,
            SESSION,
            AISI,
            1,
            CommitRole.SERVE,
            null,
            now,
            now,
            expiresAt.truncatedTo(ChronoUnit.MILLIS),
            new AnchorRef(
                "anchor-a", "dnai-1", TransportAddress.parse("127.0.0.1:" + agent.guardPort())),
            new Flow(UE, ServiceEndpoint.of("127.0.0.1", "TCP", agent.guardPort())),
            QosGrant.NONE);
    agent.admission().applyCommit(call, new ApplyCommit(new CommitSigner(keys).sign(commit)));
  }

  private HttpResponse<String> embed(int port) throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String token =
        new AistSigner(keys)
            .sign(
                new Aist(
                    "aipf-set-1",
                    "subject-pseudonym",
                    "app-1",
                    AISI,
                    SESSION,
                    "infer",
                    new Confirmation.UeAddressHash(ueHash.hash(SESSION, UE)),
                    now,
                    now.plusSeconds(60),
                    UUID.randomUUID().toString()));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/embeddings"))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      "{\"model\":\"" + ModelServer.MODEL + "\",\"input\":\"field notes\"}"))
              .build(),
          BodyHandlers.ofString());
    }
  }
}
