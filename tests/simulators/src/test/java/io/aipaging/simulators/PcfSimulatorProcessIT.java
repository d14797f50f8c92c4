package io.aipaging.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.simulators.pcf.N5;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PcfSimulatorProcessIT {
  @Test
  void itSaysWhereItListensAndEndsWithItsParent() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PcfSimulator.class.getName(),
                "--flavor",
                "open5gs",
                "--ue",
                "10.1.0.0/16",
                "--until-stdin-closes")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String[] words = out.readLine().split(" ");
      assertThat(words[0]).isEqualTo("ready");
      try (N5 n5 = new N5(Integer.parseInt(words[1]), Integer.parseInt(words[2]))) {
        assertThat(n5.state().path("sessions").isEmpty()).isTrue();
      }
      process.getOutputStream().close();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
