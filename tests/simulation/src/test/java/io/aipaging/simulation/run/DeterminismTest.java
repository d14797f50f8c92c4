package io.aipaging.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.simulation.variant.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same seed makes the same history, to the letter, in every process. */
class DeterminismTest {
  private static final long FIRST = 500;
  private static final int COUNT = 40;

  /** Prints a digest of each history's trace; run in a process of its own. */
  public static void main(String[] arguments) {
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      StringBuilder trace = new StringBuilder();
      var outcome = Simulation.one(seed, new Variant(), trace);
      System.out.println(seed + " " + outcome.steps() + " " + trace.toString().hashCode());
    }
  }

  @Test
  void twoProcessesSeeTheSameHistories() throws IOException, InterruptedException {
    List<String> first = inAnotherProcess();
    assertThat(first).hasSize(COUNT);
    assertThat(inAnotherProcess()).isEqualTo(first);
  }

  private static List<String> inAnotherProcess() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DeterminismTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed.lines().toList();
  }
}
