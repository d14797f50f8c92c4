package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.e2e.Aipaging.Result;
import io.aipaging.e2e.HttpsUser.Answer;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code aipaging up} and everybody who uses it: operator, app, UE. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {
  private static final String WISH = "embed my field notes, data stays in the EU";
  private static final String NEF = "https://127.0.0.1:7720/nnef-aipaging/v1/";
  private static final String ISSUER = "https://127.0.0.1:7700";
  private static final int LAST = Integer.MAX_VALUE;
  private static final Pattern EXPORT = Pattern.compile("(?m)^ +export (\\w+)='(.*)'$");

  @TempDir static Path state;
  private static Aipaging up;
  private static Operator operator;

  @BeforeAll
  static void startOnceOnTheWellKnownPorts() throws Exception {
    List<String> taken = LoopbackLayout.takenPorts();
    Needed.orSkip(taken.isEmpty(), "'aipaging up' needs ports that are taken: " + taken);
    up = Aipaging.start(state, "up");
    up.awaitWords("\nready\n");
    operator = new Operator(state);
  }

  @AfterAll
  static void end() {
    if (up != null) {
      up.close();
    }
  }

  @Test
  void anOperatorLeadsASessionFromPageToRelease() throws Exception {
    JsonNode paged =
        operator.json("session", "page", "--ue", "127.0.0.21", "--text", WISH, "--json");
    String session = paged.path("sessionId").asText();
    assertThat(paged.path("state").asText()).isEqualTo("ACTIVE");
    assertThat(paged.path("token").path("accessToken").asText()).isNotEmpty();
    assertThat(paged.path("leases").get(0).path("anchorId").asText()).isEqualTo("a");

    assertThat(operator.done("session", "get", session)).contains("state    ACTIVE", "at anchor a");
    assertThat(
            operator
                .json("session", "renew", session, "--duration", "900", "--json")
                .path("expiresAt"))
        .isNotEqualTo(paged.path("expiresAt"));
    assertThat(operator.done("session", "relocate", session, "--to", "b"))
        .contains("outcome  MOVED", "to       b");
    assertThat(operator.done("session", "list", "--ue", "127.0.0.21")).contains("SESSION", session);
    assertThat(operator.done("session", "release", session)).contains("released " + session);

    assertThat(operator.done("evidence", "list", session))
        .contains("SESSION_ACTIVE", "SESSION_RELOCATED", "SESSION_RELEASED", "verified ");
    assertThat(operator.done("evidence", "list", session, "--json").lines())
        .allSatisfy(
            line -> assertThat(Json.MAPPER.readTree(line).path("sid").asText()).isEqualTo(session));
  }

  @Test
  void aRefusalIsOneLineAndExitsWithThree() throws Exception {
    operator.done("session", "page", "--ue", "127.0.0.22", "--task", "EMBEDDING");
    operator.refused(
        "409 FLOW_IN_USE", "session", "page", "--ue", "127.0.0.22", "--task", "EMBEDDING");
    operator.refused(
        "403 INTENT_NOT_RESOLVABLE", "session", "page", "--ue", "127.0.0.23", "--text", "a pizza");
    operator.refused("404 SESSION_NOT_FOUND", "session", "get", "AAAAAAAAAAAAAAAAAAAAAA");
    operator.refused(
        "404 SESSION_NOT_FOUND", "evidence", "list", "AAAAAAAAAAAAAAAAAAAAAA", "--json");
  }

  @Test
  void wrongUsageExitsWithTwoAndSaysWhatIsMissing() throws Exception {
    Result result = Aipaging.run(state, "session", "page", "--text", WISH);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--ue", "Usage: aipaging session page");
  }

  @Test
  void whereNothingRunsTheCommandSaysSoAndExitsWithFour(@TempDir Path elsewhere) throws Exception {
    Result without = Aipaging.run(elsewhere, "session", "list");
    assertThat(without.exitCode()).isEqualTo(4);
    assertThat(without.err()).contains("is 'aipaging up' running?");

    Path stale = elsewhere.resolve("connection.yaml");
    Files.writeString(
        stale, Files.readString(state.resolve("up/connection.yaml")).replace(":7710", ":7719"));
    Result dead = Aipaging.run(elsewhere, "session", "list", "--connection", stale.toString());
    assertThat(dead.exitCode()).as(dead.toString()).isEqualTo(4);
    assertThat(dead.err().strip()).hasLineCount(1);

    Files.writeString(stale, Files.readString(stale).replace(":7700", ":7719"));
    Result noIssuer = Aipaging.run(elsewhere, "session", "list", "--connection", stale.toString());
    assertThat(noIssuer.exitCode()).as(noIssuer.toString()).isEqualTo(4);
    assertThat(noIssuer.err().strip()).hasLineCount(1);
  }

  @Test
  void aThirdPartyAppPagesUsesRenewsAndReleasesOverHttps() throws Exception {
    try (HttpsUser ue = user("127.0.0.24");
        HttpsUser stranger = user("127.0.0.9")) {
      String token = appToken(ue);
      Answer paged = ue.call("POST", NEF + "notes-app/sessions", token, page("127.0.0.24"));
      assertThat(paged.status()).as(paged.toString()).isEqualTo(201);
      String session = NEF + "notes-app/sessions/" + paged.text("sessionId");
      String service = paged.text("serviceUri") + "/embeddings";
      String aist = paged.json().path("token").path("accessToken").asText();
      String note = "{\"model\": \"all-MiniLM-L6-v2\", \"input\": \"a heron\"}";

      Answer vectors = ue.call("POST", service, aist, note);
      assertThat(vectors.status()).as(vectors.toString()).isEqualTo(200);
      assertThat(vectors.json().at("/data/0/embedding")).hasSize(384);
      assertThat(ue.call("POST", service, token, note).status()).isEqualTo(401);
      assertThatThrownBy(() -> stranger.call("POST", service, aist, note))
          .as("another address has no lease")
          .isInstanceOf(IOException.class);

      assertThat(ue.call("GET", session, token, null).text("state")).isEqualTo("ACTIVE");
      Answer renewed = ue.call("POST", session + "/renew", token, "{\"durationSec\": 900}");
      assertThat(renewed.text("expiresAt")).isNotEqualTo(paged.text("expiresAt"));
      assertThat(ue.call("DELETE", session, token, null).status()).isEqualTo(204);
      assertThatThrownBy(() -> ue.call("POST", service, aist, note))
          .as("released: the gate is closed")
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whoHasNoTokenOrTheWrongOneIsToldNothing() throws Exception {
    try (HttpsUser user = user("127.0.0.1")) {
      String token = appToken(user);
      String unknown = "/sessions/AAAAAAAAAAAAAAAAAAAAAA";
      assertThat(user.token(ISSUER, "notes-app", "guessed").status()).isEqualTo(401);
      assertThat(user.call("GET", NEF + "notes-app/sessions", null, null).status()).isEqualTo(401);
      assertThat(user.call("GET", NEF + "other-app/sessions", token, null).status()).isIn(403, 404);
      assertThat(user.call("GET", NEF + "notes-app" + unknown, token, null).status())
          .isEqualTo(404);
      assertThat(user.call("POST", NEF + "notes-app/sessions", token, page("10.1.2.3")).status())
          .as("a UE the app may not serve")
          .isEqualTo(403);
      assertThat(user.call("POST", NEF + "notes-app/sessions", token, "{}").text("cause"))
          .isEqualTo("MANDATORY_IE_MISSING");
      assertThat(
              user.call("GET", "https://127.0.0.1:7710/naipf-paging/v1/sessions", token, null)
                  .status())
          .as("a token for the exposure function opens nothing else")
          .isEqualTo(401);
    }
  }

  @Test
  void theExampleRunsInTheEnvironmentThatUpPrints() throws Exception {
    Map<String, String> environment =
        EXPORT
            .matcher(up.out())
            .results()
            .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    Path example = Repository.root().resolve("examples/EmbedMyNotes.java");
    assertThat(Files.readAllLines(example)).hasSizeLessThanOrEqualTo(60);
    ProcessBuilder builder =
        new ProcessBuilder(Repository.java().toString(), example.toString())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);

    Process running = builder.start();
    String said = new String(running.getInputStream().readAllBytes());

    assertThat(running.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("embed-notes", "at anchor a")
        .containsPattern("heron ~ bird +0\\.\\d\\d");
    JsonNode live =
        operator.json("session", "list", "--ue", "127.0.0.1", "--state", "ACTIVE", "--json");
    assertThat(live.path("sessions")).isEmpty();
  }

  @Test
  void aSecondSetSaysThatThePortIsTakenAndHarmsNothing() throws Exception {
    Result second = Aipaging.run(state, "up");
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.err()).contains("127.0.0.1:7700 is taken");
    operator.done("session", "list");
  }

  @Test
  @Order(LAST)
  void onSigtermItEndsAndTakesItsConnectionFileAway() throws Exception {
    up.terminate();
    up.awaitEnd(Duration.ofSeconds(20));
    String slowAtMost = up.err().replace("VertxException: Thread blocked", "a busy machine");
    assertThat(slowAtMost).doesNotContain("not ended cleanly", "Exception");
    assertThat(state.resolve("up/connection.yaml")).doesNotExist();
    assertThat(LoopbackLayout.takenPorts()).isEmpty();
  }

  private static HttpsUser user(String address) throws Exception {
    return HttpsUser.trusting(state.resolve("up/pki/root.pem"), address);
  }

  private static String appToken(HttpsUser user) throws Exception {
    String secret = Files.readString(state.resolve("up/secrets/notes-app.secret"));
    Answer answer = user.token(ISSUER, "notes-app", secret);
    assertThat(answer.status()).isEqualTo(200);
    return answer.text("access_token");
  }

  private static String page(String ue) {
    return "{\"ueAddress\": \"%s\", \"intent\": {\"text\": \"%s\"}}".formatted(ue, WISH);
  }
}
