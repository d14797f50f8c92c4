package io.aipaging.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PcfSimulatorArgumentsTest {
  private static PcfSimulatorArguments parse(String... args) {
    return PcfSimulatorArguments.parse(args);
  }

  @Test
  void nothingSaidIsTheDefault() {
    assertThat(parse().config()).isEqualTo(PcfSimulatorConfig.defaults());
    assertThat(parse().untilStdinCloses()).isFalse();
  }

  @Test
  void everythingCanBeSaid() {
    PcfSimulatorArguments said =
        parse(
            "--port",
            "7777",
            "--control-port",
            "7778",
            "--flavor",
            "free5gc",
            "--ue",
            "10.1.0.0/16",
            "--ue",
            "10.2.0.9",
            "--qos-reference",
            "gold",
            "--gap-min-ms",
            "20",
            "--until-stdin-closes");
    assertThat(said.untilStdinCloses()).isTrue();
    assertThat(said.config().port()).isEqualTo(7777);
    assertThat(said.config().controlPort()).isEqualTo(7778);
    assertThat(said.config().flavor()).isEqualTo(Flavor.FREE5GC);
    assertThat(said.config().ues()).containsExactly("10.1.0.0/16", "10.2.0.9");
    assertThat(said.config().qosReferences()).containsExactly("gold");
    assertThat(said.config().gapMin()).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void whatIsUnknownOrIncompleteIsRefused() {
    assertThatThrownBy(() -> parse("--colour", "red")).hasMessageContaining("--colour");
    assertThatThrownBy(() -> parse("--port")).hasMessageContaining("--port");
  }
}
