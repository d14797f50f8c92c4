package io.aipaging.cli.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.simulators.CoreSimulator;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.core.RunningCore;
import io.aipaging.simulators.flavor.Flavor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoreProbeTest {
  private static final String ACCEPTED = "yes; that it is enforced is not implied";

  private RunningCore core;

  private Map<String, String> probe(Flavor flavor, String ue, Core told) {
    core = CoreSimulator.start(CoreSimulatorConfig.of(flavor, flavor == Flavor.FREE5GC));
    return new CoreProbe(new CoreProbe.Subject(core.nrfUri(), "127.0.0.1", ue, "low-latency"), told)
        .run();
  }

  @AfterEach
  void close() {
    core.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotToldIsRecognizedAndLeavesNothingBehind(Flavor flavor) {
    core = CoreSimulator.start(CoreSimulatorConfig.of(flavor, flavor == Flavor.FREE5GC));
    Core found = CoreChoice.AUTO.at(core.nrfUri(), "127.0.0.1");
    assertThat(found.name()).isEqualTo(flavor.name());
    assertThat(core.consumers()).isEmpty();
    assertThat(new CoreChoice(Core.FREE5GC).at(core.nrfUri(), "127.0.0.1")).isEqualTo(Core.FREE5GC);
  }

  @Test
  void open5gsIsRecognizedAndSeenAsItIs() {
    assertThat(probe(Flavor.OPEN5GS, "10.45.0.2", null))
        .containsExactly(
            entry("transport", "HTTP/2 only"),
            entry("profile", "open5gs"),
            entry("registered as", "AF"),
            entry("access tokens", "not wanted"),
            entry("BSF", "knows 10.45.0.2, no subscriber"),
            entry("PCF", "1 registered"),
            entry("N5 create", ACCEPTED),
            entry("N5 read", "no (405)"),
            entry("N5 patch", "answered 200; cannot be read back"),
            entry("N5 delete", "yes"),
            entry("events", "never sent by this core"),
            entry("steering", "n6-gate"),
            entry("path-change events", "none found"));
  }

  @Test
  void free5gcIsRecognizedAndSeenAsItIs() {
    assertThat(probe(Flavor.FREE5GC, "10.45.0.2", null))
        .contains(
            entry("transport", "HTTP/2, HTTP/1.1"),
            entry("profile", "free5gc"),
            entry("registered as", "AF"),
            entry("access tokens", "wanted"),
            entry("SMF callback", "offered"),
            entry("BSF", "knows 10.45.0.2 and its subscriber"),
            entry("N5 create", ACCEPTED),
            entry("N5 read", "yes"),
            entry("N5 patch", "answered 200 and changed nothing"),
            entry("N5 delete", "yes"),
            entry("steering", "n6-gate; udr-influence not tried"),
            entry("path-change events", "none found"));
  }

  @Test
  void aRelease18CoreIsRecognizedAndSeenAsItIs() {
    assertThat(probe(Flavor.REL18, "2001:db8:45::2", null))
        .contains(
            entry("profile", "rel18"),
            entry("registered as", "CUSTOM_AIPF"),
            entry("BSF", "knows 2001:db8:45::2 and its subscriber"),
            entry("N5 patch", "yes"),
            entry("events", "asked for"),
            entry("steering", "n6-gate; udr-influence, af-route not tried"),
            entry("path-change events", "an SMF offers them"));
  }

  /** F-37. */
  @Test
  void anSmfWithoutCallbackIsSaid() {
    core = CoreSimulator.start(CoreSimulatorConfig.of(Flavor.FREE5GC, true));
    core.withdrawSmfCallback();
    CoreProbe.Subject subject = new CoreProbe.Subject(core.nrfUri(), "127.0.0.1", null, "x");
    assertThat(new CoreProbe(subject, null).run().get("SMF callback")).startsWith("not offered");
  }

  @ParameterizedTest
  @EnumSource
  void itLeavesNothingBehind(Flavor flavor) {
    var _ = probe(flavor, "10.45.0.2", null);
    assertThat(core.consumers()).isEmpty();
    assertThat(core.pcfSessions()).isZero();
    assertThat(core.pcfViolations()).isZero();
  }

  @Test
  void withoutUeNothingIsAskedOfAPcf() {
    assertThat(probe(Flavor.OPEN5GS, null, Core.OPEN5GS))
        .contains(entry("BSF", "knows no 192.0.2.1 (404)"), entry("N5", "not tried: no --ue"))
        .doesNotContainKey("N5 create");
  }

  @Test
  void aUeWithoutPduSessionIsSaid() {
    assertThat(probe(Flavor.REL18, "10.99.0.1", null))
        .contains(
            entry("BSF", "knows no 10.99.0.1 (204)"),
            entry("N5 create", "refused: 500 PDU_SESSION_NOT_AVAILABLE"));
  }

  @Test
  void nobodyThereIsUnreachable() {
    core = CoreSimulator.start(CoreSimulatorConfig.of(Flavor.REL18, false));
    core.close();
    CoreProbe probe =
        new CoreProbe(new CoreProbe.Subject(core.nrfUri(), "127.0.0.1", null, "x"), null);
    assertThatThrownBy(probe::run)
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.status()).isEqualTo(504));
  }
}
