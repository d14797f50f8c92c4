package io.aipaging.cli.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.simulators.core.CoreSimulatorConfig;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {
  private static CoreSimulatorConfig said(String... arguments) {
    SimulateCommand command = new SimulateCommand();
    new CommandLine(command).parseArgs(arguments);
    return command.config(Core.OPEN5GS);
  }

  @Test
  void habitsUesAndPortAreAsTold() {
    CoreSimulatorConfig config =
        said(
            "--core",
            "open5gs",
            "--without",
            "O-30,o_39",
            "--ue",
            "10.60.0.0/16",
            "--nrf-port",
            "0");
    assertThat(config.pcf().flavor()).isEqualTo(Flavor.OPEN5GS);
    assertThat(config.pcf().quirks()).contains(Quirk.O_28).doesNotContain(Quirk.O_30, Quirk.O_39);
    assertThat(config.pcf().ues()).containsExactly("10.60.0.0/16");
    assertThat(config.nrfPort()).isZero();
    assertThat(config.oauth2()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"--without, O-99", "--core, magma"})
  void whatIsNoneIsRefused(String option, String value) {
    assertThatThrownBy(() -> said("--core", "open5gs", option, value))
        .isInstanceOf(CommandLine.ParameterException.class);
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> said("--core", "open5gs", "--nrf-port", "70000"))
        .hasMessageContaining("--nrf-port");
  }
}
