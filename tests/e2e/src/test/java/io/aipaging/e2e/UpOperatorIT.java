package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.e2e.Aipaging.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aipaging up} and an operator who drains anchors and takes sessions away. */
class UpOperatorIT {
  private static final String WISH = "embed my field notes, data stays in the EU";
  @TempDir Path state;
  private Aipaging up;
  private Operator operator;

  @BeforeEach
  void start() throws Exception {
    List<String> taken = LoopbackLayout.takenPorts();
    Needed.orSkip(taken.isEmpty(), "'aipaging up' needs ports that are taken: " + taken);
    up = Aipaging.start(state, "up");
    up.awaitWords("\nready\n");
    operator = new Operator(state);
  }

  @AfterEach
  void end() {
    if (up != null) {
      up.close();
    }
  }

  @Test
  void anOperatorDrainsAnAnchorAndUndoesIt() throws Exception {
    String session = paged("127.0.0.31", "a");
    assertThat(operator.done("anchor", "list"))
        .contains("ANCHOR", "WELL")
        .containsPattern("(?m)^a .* no ");

    JsonNode drained =
        operator.json("anchor", "drain", "a", "--wait", "--wait-max", "60", "--json");
    assertThat(drained.path("draining").asBoolean()).isTrue();
    assertThat(drained.path("sessions").asInt()).isZero();
    assertThat(operator.json("session", "list", "--anchor", "a", "--json").path("sessions"))
        .isEmpty();
    assertThat(operator.done("session", "list", "--anchor", "b", "--aisi", Deployment.AISI))
        .contains(session);
    assertThat(paged("127.0.0.32", "b")).isNotEqualTo(session);

    assertThat(operator.done("anchor", "drain", "a", "--undo")).contains("a takes sessions");
    Await.until(
        Duration.ofSeconds(20),
        "anchor a takes sessions",
        () -> !operator.json("anchor", "list", "--json").at("/anchors/0/draining").asBoolean(true));
    assertThat(operator.done("session", "relocate", session, "--to", "a"))
        .contains("outcome  MOVED");
    operator.refused("404 ANCHOR_NOT_FOUND", "anchor", "drain", "nowhere");
  }

  @Test
  void anOperatorTakesOneSessionAwayThenThoseOfAnAnchorThenAll() throws Exception {
    String one = paged("127.0.0.41", "a");
    String atB = paged("127.0.0.42", "a");
    String last = paged("127.0.0.43", "a");
    operator.done("session", "relocate", atB, "--to", "b");

    assertThat(operator.done("session", "revoke", one)).isEqualTo("ended    1\n");
    assertThat(operator.done("session", "list", "--state", "revoked"))
        .contains(one, "(REVOKED_BY_OPERATOR)")
        .doesNotContain(last);
    Result again = Aipaging.run(state, "session", "revoke", one);
    assertThat(again.exitCode()).as(again.toString()).isEqualTo(1);
    assertThat(again.err()).contains("no live session " + one);

    operator.done("session", "revoke", "--anchor", "b");
    assertThat(operator.done("session", "get", atB)).contains("REVOKED");
    assertThat(operator.done("session", "get", last)).contains("state    ACTIVE");
    assertThat(
            operator.json("session", "revoke", "--app", "nobody", "--json").path("matched").asInt())
        .isZero();

    JsonNode all =
        operator.json("session", "revoke", "--all", "--yes", "--reason", "policy", "--json");
    assertThat(all.path("complete").asBoolean()).isTrue();
    assertThat(all.path("ended").asInt()).isPositive().isEqualTo(all.path("matched").asInt());
    assertThat(operator.json("session", "list", "--state", "active", "--json").path("sessions"))
        .isEmpty();
    assertThat(operator.json("session", "list", "--state", "ending", "--json").path("sessions"))
        .isEmpty();
    assertThat(operator.done("evidence", "list", last)).contains("REVOKED_BY_POLICY");
  }

  private String paged(String ue, String anchor) throws Exception {
    JsonNode paged = operator.json("session", "page", "--ue", ue, "--text", WISH, "--json");
    assertThat(paged.at("/leases/0/anchorId").asText()).isEqualTo(anchor);
    return paged.path("sessionId").asText();
  }
}
