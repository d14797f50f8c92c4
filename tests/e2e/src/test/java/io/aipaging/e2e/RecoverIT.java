package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.aexf.AgentMain;
import io.aipaging.aipf.Aipf;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recover (lease-protocol §5) between functions that reach each other over TLS. Leases are so long
 * that no renewal repairs what reconciling should.
 */
class RecoverIT {
  private static final Layout.Terms LONG =
      new Layout.Terms(
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  private static final String NEVER = "1h";
  private static final String OFTEN = "500ms";
  @TempDir static Path folder;
  private static BreakableSet set;

  @BeforeAll
  static void start() throws Exception {
    set = new BreakableSet(folder, LONG);
  }

  @AfterAll
  static void end() throws Exception {
    if (set != null) {
      set.close();
    }
  }

  /** What a failed test left broken must not fail the next one. */
  @AfterEach
  void heal() throws Exception {
    set.gate.start();
    for (Part<AgentMain> agent : set.agents) {
      agent.start();
    }
  }

  private static AipfConfig config(String interval) {
    return Configuration.parse(
        AipfConfig.class,
        Configuration.text(set.deployment.aipf(Repository.catalog())),
        Map.of("AIPAGING_AIPF_LIMITS_RECONCILE_INTERVAL", interval),
        "AIPAGING_AIPF");
  }

  private static Aipf aipf(String interval) {
    return AipfMain.start(
        config(interval),
        AipfWiring.remote()
            .with(set.deployment.catalogVariables())
            .with(sentence -> new float[] {1, 0, 0}));
  }

  @Test
  void aGateThatStartsAgainSaysSoAndGetsTheVeryCommitBack() throws Exception {
    try (Aipf aipf = aipf(NEVER);
        HttpsUser ue = set.ue()) {
      Session session = awaitPage();
      assertThat(set.embed(ue, session)).isEqualTo(200);

      set.gate.stop();
      set.gate.start();

      Await.until(BreakableSet.PATIENCE, "the way back", () -> set.embed(ue, session) == 200);
      assertThat(set.gate.get().steering().listGrants(set.call(), new ListGrants()).grants())
          .extracting(grant -> grant.gen())
          .containsExactly(lease(session).gen());
      set.release(session);
    }
  }

  @Test
  void anAgentThatStartsAgainSaysSoAndGetsTheVeryCommitBack() throws Exception {
    try (Aipf aipf = aipf(NEVER);
        HttpsUser ue = set.ue()) {
      Session session = awaitPage();
      int index = lease(session).anchorId().equals("a") ? 0 : 1;

      set.agents.get(index).stop();
      set.agents.get(index).start();

      Await.until(BreakableSet.PATIENCE, "the way back", () -> set.embed(ue, session) == 200);
      assertThat(lease(set.session(session.sessionId()))).isEqualTo(lease(session));
      set.release(session);
    }
  }

  @Test
  void orphansAtCoreGateAndAnchorAreFound() throws Exception {
    AipfConfig config = config(OFTEN);
    try (Aipf aipf = aipf(OFTEN)) {
      set.release(awaitPage());
      new Strays(set).plant(config);

      Await.until(BreakableSet.PATIENCE, "no grant", () -> set.grants() == 0);
      Await.until(BreakableSet.PATIENCE, "no slot used", () -> set.slotsHeld(0) == 0);
      Await.until(BreakableSet.PATIENCE, "no app session", () -> set.core.appSessions() == 0);
    }
  }

  @Test
  void aCoreThatForgetsGetsItsBindingsAgain() throws Exception {
    try (Aipf aipf = aipf(OFTEN)) {
      Session session = awaitPage();
      assertThat(set.core.appSessions()).isEqualTo(1);

      set.core.control("POST", "/restart", "");

      Await.until(BreakableSet.PATIENCE, "the binding again", () -> set.core.appSessions() == 1);
      Await.until(
          BreakableSet.PATIENCE,
          "its evidence",
          () -> set.evidence(session.sessionId()).getLast().contains("QOS_REPORTED"));
      assertThat(set.session(session.sessionId()).state()).isEqualTo("ACTIVE");
      set.release(session);
    }
  }

  @Test // lease-protocol §5, Release: a lease never outlives the PDU session it was made for
  void theEndOfThePduSessionEndsTheSession() throws Exception {
    try (Aipf aipf = aipf(NEVER)) {
      Session session = awaitPage();
      String appSession = set.core.appSessionIds().getFirst();

      set.core.control("POST", "/sessions/" + appSession + "/terminate", "{}");

      Await.until(
          BreakableSet.PATIENCE,
          "the session's end",
          () -> set.session(session.sessionId()).state().equals("REVOKED"));
      JsonNode last = set.lastEvidence(session.sessionId());
      assertThat(last.path("reason").asText()).isEqualTo("NETWORK_TERMINATED");
      assertThat(last.path("trigger").asText()).isEqualTo("PDU_SESSION_TERMINATION");
      set.awaitNothingLeft();
    }
  }

  @Test
  void whatCannotBeRemovedIsListedAsEnding() throws Exception {
    Path connection = folder.resolve("connection.yaml");
    Files.writeString(connection, Configuration.text(set.deployment.connection()));
    try (Aipf aipf = aipf(NEVER)) {
      Session session = awaitPage();
      set.gate.stop();
      set.release(session);

      JsonNode ending = listed(connection, "ending");
      assertThat(ending.findValuesAsText("sessionId")).containsExactly(session.sessionId());
      assertThat(listed(connection, "active").findValuesAsText("sessionId")).isEmpty();

      set.gate.start();
      Await.until(
          BreakableSet.PATIENCE,
          "its end",
          () -> set.session(session.sessionId()).state().equals("RELEASED"));
      assertThat(listed(connection, "ending").findValuesAsText("sessionId")).isEmpty();
    }
  }

  /** A machine under load may not let the command connect in time. */
  private static JsonNode listed(Path connection, String state) throws Exception {
    List<String> command =
        List.of("session", "list", "--connection", connection.toString(), "--timeout", "60");
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--state", state, "--json"));
    AtomicReference<String> answer = new AtomicReference<>("");
    Await.until(
        BreakableSet.PATIENCE,
        "an answer",
        () -> {
          Aipaging.Result result = Aipaging.run(folder, arguments.toArray(String[]::new));
          answer.set(result.out());
          return result.exitCode() == 0;
        });
    return Json.MAPPER.readTree(answer.get());
  }

  private static Session awaitPage() throws Exception {
    AtomicReference<Session> paged = new AtomicReference<>();
    Await.until(
        BreakableSet.PATIENCE,
        "a page",
        () -> {
          try {
            paged.set(set.page());
          } catch (io.aipaging.openapi.Refusal e) {
            return false; // the anchors are not found well yet
          }
          return true;
        });
    return paged.get();
  }

  private static SessionLease lease(Session session) {
    return session.leases().stream()
        .filter(lease -> lease.state().equals("SERVING"))
        .findFirst()
        .orElseThrow();
  }
}
