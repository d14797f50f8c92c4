package io.aipaging.simulation.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document lists the bugs; {@code -Drewrite} writes the list anew. */
class BugTableTest {
  private static final Path DOCUMENT = Path.of("../../docs/simulation.md");
  private static final String BEGIN = "<!-- bugs -->\n";
  private static final String END = "<!-- /bugs -->";

  @Test
  void theDocumentListsEveryBugWithItsSeed() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String table = table();
    if (System.getProperty("rewrite") != null) {
      Files.writeString(DOCUMENT, text.substring(0, begin) + table + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table);
  }

  private static String table() {
    List<String> rows =
        Stream.of(Bug.values())
            .map(bug -> "| `" + bug + "` | " + bug.words() + " | " + bug.seed() + " |\n")
            .toList();
    return "| bug | what is wrong | seed |\n|---|---|---|\n" + String.join("", rows);
  }
}
