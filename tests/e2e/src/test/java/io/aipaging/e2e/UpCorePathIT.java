package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.spec.SpecFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A core whose own path follows the gate, and whose UEs move. */
class UpCorePathIT {
  private static final String UE = "127.0.0.51";
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path state;
  private RunningCore core;
  private Aipaging up;
  private Operator operator;

  @BeforeEach
  void portsAreFree() {
    List<String> taken = LoopbackLayout.takenPorts();
    Needed.orSkip(taken.isEmpty(), "'aipaging up' needs ports that are taken: " + taken);
  }

  private void start(Flavor flavor, String driver) throws Exception {
    PcfSimulatorConfig pcf =
        new PcfSimulatorConfig(
            "127.0.0.1",
            0,
            0,
            flavor,
            List.of("127.0.0.0/8"),
            Set.of("ai-interactive"),
            Duration.ZERO,
            SpecFiles.policyAuthorization(),
            Set.of());
    core = CoreSimulator.start(new CoreSimulatorConfig(pcf, 0, 0, false));
    up = Aipaging.start(state, "up", "--nrf", core.nrfUri().toString(), "--core-path", driver);
    up.awaitWords("\nready\n");
    operator = new Operator(state);
  }

  @AfterEach
  void end() {
    if (up != null) {
      up.close();
    }
    if (core != null) {
      core.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"REL18, af-route", "REL18, udr-influence", "FREE5GC, udr-influence"})
  void theCoreFollowsTheGateAndTheGateAMoveOfTheUe(Flavor flavor, String driver) throws Exception {
    start(flavor, driver);
    String session = page();
    Await.until(SOON, "the path at a", () -> leavesAt("edge-a"));

    core.moveUserPlane(UE, "edge-b");
    Await.until(SOON, "the session at b", () -> isAt(session, "b"));
    Await.until(SOON, "the path at b", () -> leavesAt("edge-b"));
    assertThat(operator.done("evidence", "list", session)).contains("SESSION_RELOCATED");

    assertThat(operator.done("session", "release", session)).contains("released " + session);
    Await.until(SOON, "the usual path", () -> core.userPlanePaths().isEmpty());
    assertThat(core.pcfSessions()).isZero();
    assertThat(core.pcfViolations()).isZero();
    assertThat(Objects.requireNonNullElse(core.pathAckFaults(), List.of())).isEmpty();
    assertThat(Objects.requireNonNullElse(core.influenceFaults(), List.of())).isEmpty();
  }

  /** The anchor is made ready before the core is answered, and new flows go there after it. */
  @Test
  void aCoreThatWaitsIsAnsweredStepByStep() throws Exception {
    start(Flavor.REL18, "af-route");
    String session = page();
    Await.until(SOON, "the path at a", () -> leavesAt("edge-a"));
    core.moveUserPlane(UE, "edge-b");
    Await.until(SOON, "the session at b", () -> isAt(session, "b"));
    assertThat(core.pathAcks())
        .startsWith(
            "EARLY edge-a SUCCESS",
            "LATE edge-a SUCCESS",
            "EARLY edge-b SUCCESS",
            "LATE edge-b SUCCESS");
    assertThat(operator.done("evidence", "list", session))
        .containsSubsequence(
            "SESSION_RELOCATING",
            "LEASE_COMMITTED",
            "UP_PATH_CHANGED",
            "LEASE_DRAINING",
            "SESSION_RELOCATED");
  }

  /** Nothing is asked of such a core but to tell. */
  @Test
  void aCoreThatDecidesAloneIsFollowed() throws Exception {
    start(Flavor.REL18, "smf-events");
    String session = page();
    Await.until(SOON, "a subscription", () -> core.smfSubscriptions() == 1);
    core.moveUserPlane(UE, "edge-b");
    Await.until(SOON, "the session at b", () -> isAt(session, "b"));
    assertThat(core.pathAcks()).containsExactly("EARLY edge-b SUCCESS", "LATE edge-b SUCCESS");
    operator.done("session", "release", session);
    Await.until(SOON, "no subscription", () -> core.smfSubscriptions() == 0);
  }

  @Test
  void aMoveToWhereNobodyServesIsRefusedAndNothingChanges() throws Exception {
    start(Flavor.REL18, "af-route");
    String session = page();
    Await.until(SOON, "the path at a", () -> leavesAt("edge-a"));
    core.moveUserPlane(UE, "edge-c");
    Await.until(SOON, "a refusal", () -> core.pathAcks().contains("EARLY edge-c RELOC_NO_ALLOWED"));
    assertThat(leavesAt("edge-a")).isTrue();
    assertThat(isAt(session, "a")).isTrue();
  }

  private String page() throws Exception {
    JsonNode paged = operator.json("session", "page", "--ue", UE, "--task", "EMBEDDING", "--json");
    assertThat(paged.at("/leases/0/anchorId").asText()).isEqualTo("a");
    return paged.path("sessionId").asText();
  }

  private boolean leavesAt(String dnai) {
    return core.userPlanePaths().containsValue(dnai);
  }

  private boolean isAt(String session, String anchor) throws Exception {
    JsonNode now = operator.json("session", "get", session, "--json");
    return now.path("state").asText().equals("ACTIVE")
        && now.at("/leases/0/anchorId").asText().equals(anchor);
  }
}
