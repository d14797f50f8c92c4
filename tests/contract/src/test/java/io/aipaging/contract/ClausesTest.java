package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every clause of the lease protocol is tested by a test that says so. */
class ClausesTest {
  private static final Path ROOT = Path.of("../..");
  private static final Path PAGE = ROOT.resolve("docs/lease-protocol.md");
  private static final Path INDEX = ROOT.resolve("docs/clauses.md");
  private static final String BEGIN = "<!-- table -->\n";
  private static final String END = "<!-- /table -->\n";

  private final Map<String, String> clauses = Clauses.of(Files.readString(PAGE));
  private final Map<String, TreeSet<String>> cited = Clauses.cited(ROOT);

  ClausesTest() throws IOException {}

  @Test
  void everyClauseIsCitedByATest() {
    assertThat(clauses).hasSizeGreaterThan(80);
    assertThat(cited.keySet()).containsAll(clauses.keySet());
  }

  @Test
  void noTestCitesAClauseThatIsNone() {
    assertThat(clauses.keySet()).containsAll(cited.keySet());
  }

  @Test
  void theIndexShowsEveryClauseAndItsTests() throws IOException {
    StringBuilder table = new StringBuilder("| clause | says | tests |\n|---|---|---|\n");
    clauses.forEach(
        (clause, says) ->
            table.append(
                "| %s | %s | %s |\n"
                    .formatted(
                        clause,
                        says,
                        String.join("<br>", cited.getOrDefault(clause, new TreeSet<>())))));
    String document = Files.readString(INDEX);
    int from = document.indexOf(BEGIN) + BEGIN.length();
    int to = document.indexOf(END);
    if (System.getProperty("rewrite") != null) {
      Files.writeString(INDEX, document.substring(0, from) + table + document.substring(to));
      return;
    }
    assertThat(document.substring(from, to))
        .as("./aipaging test --module tests/contract -Drewrite -Dtest=ClausesTest writes it anew")
        .isEqualTo(table.toString());
  }

  @Test
  void aMarkThatOccursTwiceIsAMistake() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Clauses.of("`L1.1` This. `L1.2` That. `L1.1` This again."))
        .hasMessageContaining("L1.1");
    assertThat(Clauses.of("`L1.1` This [page](a.md). `L1.2` **That**.\n\nMore."))
        .containsExactly(Map.entry("L1.1", "This page."), Map.entry("L1.2", "That."));
  }
}
