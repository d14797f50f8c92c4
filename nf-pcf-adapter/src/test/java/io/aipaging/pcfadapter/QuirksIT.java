package io.aipaging.pcfadapter;

import static io.aipaging.pcfadapter.AdapterFixture.assertRefused;
import static io.aipaging.pcfadapter.AdapterFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole life of a binding at cores with all their habits, and with each of them left out: cores
 * change, and what is mended in the next version must not break what got used to it.
 */
class QuirksIT extends DiscoveredCoreFixture {
  @ParameterizedTest
  @EnumSource
  void aCoreWithAllItsHabitsIsSurvived(Flavor flavor) {
    start(CoreSimulatorConfig.of(flavor, false));
    live();
  }

  /** O-14, O-15: and nothing is asked past it. */
  @ParameterizedTest
  @EnumSource(names = {"REL18", "OPEN5GS"})
  void anScpIsUsedForAllThatIsAskedOfOthers(Flavor flavor) {
    throughScp = true;
    start(CoreSimulatorConfig.of(flavor, flavor == Flavor.REL18));
    live();
    long asked =
        running.bsfCounts().get("lookup")
            + core.count("CREATE")
            + core.count("DELETE")
            + core.count("READ");
    assertThat(running.scpPassed()).isGreaterThanOrEqualTo(asked).isPositive();
  }

  /** O-16: what only asks is asked again once, and the create goes where the BSF says. */
  @Test
  void anScpWhosePeersHaveJustRestartedIsAskedAgain() {
    throughScp = true;
    start(CoreSimulatorConfig.of(Flavor.OPEN5GS, false));
    running.restartBehindScp();
    assertThat(create("b1", "10.45.0.2").state()).isEqualTo("HELD");
    assertThat(running.bsfCounts()).containsEntry("lookup", 1L);
    assertThat(core.sessions().get(0).at("/context/ascReqData/dnn").asText()).isEqualTo("internet");
  }

  /** F-39: what the subscriber may not have is refused once and for all. */
  @Test
  void aRateAboveTheSubscribersIsRefusedAndNotAskedForAgain() {
    tiers = List.of(new AppSessionDefaults.Tier("low-latency", "VIDEO", true));
    rates = "200 Mbps";
    start(CoreSimulatorConfig.of(Flavor.FREE5GC, false));
    assertRefused(() -> create("b1", "10.45.0.2"), 403, "REQUESTED_SERVICE_NOT_AUTHORIZED");
    assertThat(core.count("CREATE")).isEqualTo(1);
    rates = "20 Mbps";
    assertThat(create("b2", "10.45.0.2").state()).isEqualTo("HELD");
    assertThat(core.violations()).isEmpty();
  }

  /** F-37: nobody can tell; the probe looks for it before. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsAcceptedWithoutTheSmfsCallbackMayComeToNothing(boolean habit) {
    CoreSimulatorConfig all = CoreSimulatorConfig.of(Flavor.FREE5GC, true);
    start(habit ? all : all.without(Set.of(Quirk.F_37)));
    running.withdrawSmfCallback();
    assertThat(create("b1", "10.45.0.2").state()).isEqualTo("HELD");
    assertThat(running.flows("10.45.0.2")).isEqualTo(habit ? 0 : 1);
  }

  static Stream<Quirk> quirks() {
    return Stream.of(Flavor.OPEN5GS, Flavor.FREE5GC).flatMap(f -> Quirk.of(f).stream());
  }

  @ParameterizedTest
  @MethodSource("quirks")
  void aCoreWithoutOneOfItsHabitsIsSurvived(Quirk quirk) {
    Flavor flavor = quirk.name().startsWith("O_") ? Flavor.OPEN5GS : Flavor.FREE5GC;
    start(CoreSimulatorConfig.of(flavor, false).without(Set.of(quirk)));
    live();
  }

  /** Made, confirmed, terminated by the core; made, deleted; refused where there is no UE. */
  private void live() {
    assertThat(create("b1", "10.45.0.2").state()).isEqualTo("HELD");
    var _ =
        adapter
            .qosBinding()
            .confirmQosBinding(
                call(), new ConfirmQosBinding("b1", Instant.now().plus(Duration.ofHours(1))));
    assertThat(core.terminate(core.sessions().get(0).path("id").asText())).isEqualTo(204);
    Eventually.holds("told", () -> !aipf.heard.isEmpty());
    assertThat(aipf.heard)
        .isEqualTo(List.of(new ReportQosBinding("b1", "TERMINATED", "PDU_SESSION_TERMINATION")));
    Eventually.holds("gone", () -> core.sessions().isEmpty());
    assertThat(create("b2", "10.45.0.2").state()).isEqualTo("HELD");
    delete("b2");
    Eventually.holds("deleted", () -> core.sessions().isEmpty());
    assertRefused(() -> create("b3", "10.99.0.2"), 403, "PDU_SESSION_NOT_AVAILABLE");
    assertThat(core.violations()).isEmpty();
  }
}
