package io.aipaging.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards ask for what exists, and each alert has its page. */
class AlertsTest {
  private static final Path FILES = MetricsTable.ROOT.resolve("helm/aipaging/files");
  private static final Path PAGES = MetricsTable.ROOT.resolve("docs/runbooks");
  private static final List<String> HEADINGS =
      List.of("## What it means\n", "## How to see\n", "## What to do\n");

  private final List<JsonNode> rules = rules();

  @Test
  void everyRuleIsWhole() {
    assertThat(rules).hasSizeGreaterThan(20);
    Set<String> names = new TreeSet<>();
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(name).matches("Aipaging[A-Z][A-Za-z0-9]+");
      assertThat(names.add(name)).as("%s is once", name).isTrue();
      assertThat(rule.path("for").asText()).as(name).matches("[0-9]+[smh]");
      assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning");
      assertThat(rule.path("annotations").path("summary").asText()).as(name).isNotBlank();
      assertThat(rule.properties().stream().map(java.util.Map.Entry::getKey))
          .containsExactlyInAnyOrder("alert", "expr", "for", "labels", "annotations");
    }
  }

  @Test
  void everyRuleAsksForWhatExists() throws IOException {
    for (JsonNode rule : rules) {
      assertThat(Expressions.faults(rule.path("expr").asText()))
          .as(rule.path("alert").asText())
          .isEmpty();
    }
  }

  @Test
  void everyAlertHasAPageAndEveryPageAnAlert() throws IOException {
    Set<String> pages;
    try (Stream<Path> files = Files.list(PAGES)) {
      pages =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("README.md"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    Set<String> named = new TreeSet<>();
    String index = Files.readString(PAGES.resolve("README.md"));
    for (JsonNode rule : rules) {
      String name = rule.path("alert").asText();
      assertThat(rule.path("annotations").path("runbook").asText())
          .isEqualTo("docs/runbooks/" + name + ".md");
      named.add(name + ".md");
      assertThat(index).contains("[" + name + "](" + name + ".md)");
      assertThat(Files.readString(PAGES.resolve(name + ".md")))
          .startsWith("# " + name + "\n")
          .contains(HEADINGS);
    }
    assertThat(pages).isEqualTo(named);
  }

  @Test
  void everyPanelAsksForWhatExists() throws IOException {
    for (String name : List.of("red.json", "leases.json")) {
      JsonNode board = new ObjectMapper().readTree(FILES.resolve("dashboards/" + name).toFile());
      assertThat(board.path("uid").asText()).isNotBlank();
      assertThat(board.path("panels").size()).as(name).isGreaterThan(10);
      for (JsonNode panel : board.path("panels")) {
        assertThat(panel.path("targets").size()).isPositive();
        for (JsonNode target : panel.path("targets")) {
          assertThat(Expressions.faults(target.path("expr").asText()))
              .as("%s: %s", name, panel.path("title").asText())
              .isEmpty();
        }
      }
    }
  }

  @Test
  void whatDoesNotExistIsSeen() throws IOException {
    assertThat(Expressions.faults("rate(aipf_nothing_total[5m]) > 0"))
        .containsExactly("no metric aipf_nothing_total");
    assertThat(Expressions.faults("sum by (imsi) (aipf_sessions{reason=\"x\"})"))
        .containsExactly("aipf_sessions has no label reason", "no label imsi");
    assertThat(Expressions.faults("up == 0")).containsExactly("names no metric");
  }

  private static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    try {
      JsonNode file = new YAMLMapper().readTree(FILES.resolve("alerts.yaml").toFile());
      for (JsonNode group : file.path("groups")) {
        assertThat(group.path("name").asText()).isNotBlank();
        group.path("rules").forEach(rules::add);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rules;
  }
}
