package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.cli.AipagingMain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  @ParameterizedTest(name = "aipaging {0} --help")
  @MethodSource("commands")
  void everyCommandSaysHowItIsUsed(List<String> path) {
    StringWriter said = new StringWriter();
    CommandLine aipaging = new CommandLine(new AipagingMain());
    aipaging.setOut(new PrintWriter(said));
    List<String> arguments = new ArrayList<>(path);
    arguments.add("--help");

    int exitCode = aipaging.execute(arguments.toArray(String[]::new));

    assertThat(exitCode).isZero();
    assertThat(said.toString())
        .contains("Usage: aipaging " + (path.isEmpty() ? "" : String.join(" ", path) + " ") + "[");
    assertThat(said.toString()).as("options have names for what they take").doesNotContain("<arg");
  }

  static Stream<List<String>> commands() {
    return below(new CommandLine(new AipagingMain()), List.of());
  }

  private static Stream<List<String>> below(CommandLine command, List<String> path) {
    return Stream.concat(
        Stream.of(path),
        command.getSubcommands().entrySet().stream()
            .flatMap(
                sub -> {
                  List<String> deeper = new ArrayList<>(path);
                  deeper.add(sub.getKey());
                  return below(sub.getValue(), deeper);
                }));
  }
}
