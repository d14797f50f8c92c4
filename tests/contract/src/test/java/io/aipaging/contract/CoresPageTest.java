package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.simulators.flavor.Quirk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of what real cores do names every habit, and tests that are there. */
class CoresPageTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([OF]-\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]*) \\|$");
  private static final int OPEN5GS = 43;
  private static final int FREE5GC = 53;

  private final List<MatchResult> rows =
      ROW.matcher(Files.readString(ROOT.resolve("docs/cores.md"))).results().toList();

  CoresPageTest() throws IOException {}

  private static Stream<String> numbered(String prefix, int last) {
    return IntStream.rangeClosed(1, last).mapToObj(number -> "%s-%02d".formatted(prefix, number));
  }

  @Test
  void everyHabitHasOneRow() {
    assertThat(rows.stream().map(row -> row.group(1)))
        .containsExactlyElementsOf(
            Stream.concat(numbered("O", OPEN5GS), numbered("F", FREE5GC)).toList());
  }

  @Test
  void whatTheSimulatorsCanLeaveOutIsSaidToBeSo() {
    assertThat(
            rows.stream()
                .filter(row -> row.group(3).strip().equals("switch"))
                .map(row -> row.group(1)))
        .containsExactlyElementsOf(
            Arrays.stream(Quirk.values()).map(quirk -> quirk.name().replace('_', '-')).toList());
  }

  /** Whatever is used is tested. */
  @Test
  void itsTestsAreThere() throws IOException {
    Map<String, String> tests = tests();
    for (MatchResult row : rows) {
      String named = row.group(4).strip();
      if (named.isEmpty()) {
        assertThat(row.group(3)).as(row.group(1)).matches("\\s*not used.*");
        continue;
      }
      for (String test : named.split("<br>")) {
        String[] parts = test.split("\\.");
        assertThat(tests).as(row.group(1)).containsKey(parts[0]);
        assertThat(tests.get(parts[0])).as(test).contains("void " + parts[1] + "(");
      }
    }
  }

  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      for (Path file : files.filter(CoresPageTest::isTest).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        tests.merge(name, Files.readString(file), String::concat);
      }
    }
    return tests;
  }

  private static boolean isTest(Path file) {
    return file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java");
  }
}
