package io.aipaging.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import io.aipaging.simulation.bugs.Bug;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code aipaging simulate} answers; what it runs is tested in tests/simulation. */
class SimulateCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  @Test
  void manyHistoriesEndWithOneLineForMachines() throws Exception {
    assertThat(run("--seeds", "12", "--json")).isZero();
    List<String> lines = out.toString().lines().toList();
    JsonNode figures = Json.MAPPER.readTree(lines.getLast());
    assertThat(figures.get("histories").asLong()).isEqualTo(12);
    assertThat(figures.get("violations").asLong()).isZero();
    assertThat(figures.get("steps").asLong()).isGreaterThan(12 * 100);
    assertThat(figures.get("historiesPerSecond").asDouble()).isPositive();
    assertThat(lines).anyMatch(line -> line.startsWith("transitions covered"));
  }

  @Test
  void oneHistoryIsToldAndIsTheSameEveryTime() {
    assertThat(run("--seed", "7")).isZero();
    String first = untimed();
    assertThat(first).contains("SESSION_PREPARING").contains("HEALED").contains("no violation");
    out.getBuffer().setLength(0);
    assertThat(run("--seed", "7")).isZero();
    assertThat(untimed()).isEqualTo(first);
  }

  /** All but how long it took. */
  private String untimed() {
    return out.toString().replaceAll(" in \\d+ ms", "");
  }

  @Test
  void aBugIsAViolationAndHasItsExitCode() {
    String bug = Bug.TIMEOUTS_ROUNDED_UP.name();
    assertThat(run("--seeds", "8", "--bug", bug)).isEqualTo(1);
    assertThat(out.toString()).containsPattern("seed \\d+: violation of 1 lease-gated");
    out.getBuffer().setLength(0);
    assertThat(run("--find-bugs", "8", "--bug", bug)).isZero();
    assertThat(out.toString()).startsWith(bug);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--seeds 0",
        "--seeds -1",
        "--minutes 0",
        "--seeds 1 --seed 1",
        "--seeds many",
        "--seeds 1 --threads 0",
        "--seeds 1 --bug NO_SUCH",
      })
  void whatMakesNoSenseIsRefused(String arguments) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
    assertThat(run(words)).isEqualTo(2);
    assertThat(errors.toString()).isNotBlank();
    assertThat(out.toString()).isEmpty();
  }
}
