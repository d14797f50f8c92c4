package io.aipaging.smfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.sbi.process.Parts;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The path of a simulated core follows a gate. */
class CorePathIT extends CorePathFixture {
  @ParameterizedTest
  @CsvSource({"REL18, false", "REL18, true", "FREE5GC, false"})
  void thePathIsMadeMovedAndGivenUp(Flavor flavor, boolean oauth2) throws Exception {
    start(flavor, oauth2);
    driver.apply(serving("edge-a", LONG));
    eventually("at edge-a", () -> leavesAt("edge-a"));
    eventually("told", () -> outcomes("STEERED") == 1);
    driver.apply(serving("edge-b", LONG));
    eventually("at edge-b", () -> leavesAt("edge-b"));
    eventually("told", () -> outcomes("STEERED") == 2);
    assertThat(core.influenceData()).hasSize(1);
    driver.apply(ending());
    eventually("given up", () -> core.influenceData().isEmpty());
    eventually("the usual path", () -> core.userPlanePaths().isEmpty());
    assertThat(core.influenceFaults() == null ? List.of() : core.influenceFaults()).isEmpty();
    assertThat(moves).isEmpty();
  }

  /** What a next version mends must not break what got used to it. */
  @ParameterizedTest
  @EnumSource(names = {"F_41", "F_42", "F_43", "F_45", "F_46", "F_47", "F_50", "F_53"})
  void aCoreWithoutOneOfItsHabitsIsSurvived(Quirk quirk) throws Exception {
    CoreSimulatorConfig all = CoreSimulatorConfig.of(Flavor.FREE5GC, quirk == Quirk.F_42);
    start(Flavor.FREE5GC, all.without(Set.of(quirk)));
    driver.apply(serving("edge-a", LONG));
    eventually("at edge-a", () -> leavesAt("edge-a"));
    eventually("told", () -> outcomes("STEERED") == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("at edge-c", () -> leavesAt("edge-c"));
    driver.apply(ending());
    eventually("the usual path", () -> core.userPlanePaths().isEmpty());
  }

  @Test
  void aLeaseThatRunsOutTakesThePathAlong() throws Exception {
    start(Flavor.FREE5GC, false);
    driver.apply(serving("edge-a", Duration.ofSeconds(1)));
    eventually("at edge-a", () -> leavesAt("edge-a"));
    eventually("given up", () -> core.influenceData().isEmpty());
  }

  /** F-42, F-44: accepted, and nothing happens; then nothing is left at the core. */
  @ParameterizedTest
  @CsvSource({"true, edge-a", "false, nowhere"})
  void aCoreThatDoesNotSteerIsLeftToTheGate(boolean oauth2, String dnai) throws Exception {
    start(Flavor.FREE5GC, oauth2);
    driver.apply(serving(dnai, LONG));
    eventually("left", () -> outcomes("NO_NOTIFICATION") == 1);
    eventually("nothing stays", () -> core.influenceData().isEmpty());
    assertThat(core.influenceCounts()).containsEntry("PUT", 1L);
  }

  @Test
  void aShutdownGivesUpAllPaths() throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    parts.close();
    assertThat(core.influenceData()).isEmpty();
  }

  /** As after a crash: nobody could give anything up, and the gate's leases ran out meanwhile. */
  @Test
  void whatACrashLeftAtTheCoreIsGivenUpAfterTheNextStart() throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    vertx.close().toCompletionStage().toCompletableFuture().join();
    parts.close();
    assertThat(core.influenceData()).hasSize(1);
    vertx = SbiVertx.create(1);
    parts = new Parts();
    drive(Flavor.REL18);
    assertThat(core.influenceData()).hasSize(1); // before the gate has said what it carries
    driver.restore(List.of());
    eventually("given up", () -> core.influenceData().isEmpty());
  }
}
