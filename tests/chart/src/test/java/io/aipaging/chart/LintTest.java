package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code helm lint --strict}, with every profile. */
class LintTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void everyProfileIsLintedStrictly(Scenarios.Scenario scenario) throws Exception {
    Chart chart = Chart.copy();
    chart.write("values.yaml", merged(chart, scenario));
    LintResult lint = chart.lint();
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @Test
  void aBrokenTemplateFailsLintAndRendering() throws Exception {
    Chart chart = Chart.copy();
    chart.write("templates/broken.yaml", "{{ include \"aipaging.nowhere\" . }}\n");
    assertThat(chart.lint().isFailed()).isTrue();
    assertThatThrownBy(() -> chart.render("{}")).hasMessageContaining("broken.yaml");
  }

  @Test
  void aTemplateThatRendersNoYamlFails() throws Exception {
    Chart chart = Chart.copy();
    chart.write("templates/broken.yaml", "kind: {unclosed\n");
    assertThatThrownBy(() -> chart.render("{}")).hasMessageContaining("broken.yaml");
  }

  /** values.yaml with profiles and values laid over it, for lint takes no others. */
  private static String merged(Chart chart, Scenarios.Scenario scenario) throws IOException {
    ObjectNode all = (ObjectNode) YAML.readTree(chart.read("values.yaml"));
    for (String profile : scenario.profiles()) {
      overlay(all, YAML.readTree(chart.read(profile)));
    }
    overlay(all, YAML.readTree(scenario.values()));
    return YAML.writeValueAsString(all);
  }

  private static void overlay(ObjectNode base, JsonNode over) {
    for (Map.Entry<String, JsonNode> member : over.properties()) {
      JsonNode present = base.get(member.getKey());
      if (present instanceof ObjectNode object && member.getValue().isObject()) {
        overlay(object, member.getValue());
      } else {
        base.set(member.getKey(), member.getValue());
      }
    }
  }
}
