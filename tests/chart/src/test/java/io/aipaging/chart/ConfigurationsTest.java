package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.aexf.AgentConfig;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.catalog.yaml.CatalogYaml;
import io.aipaging.certs.IssuerConfig;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.nef.NefConfig;
import io.aipaging.pcfadapter.PcfAdapterConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.smfadapter.SmfAdapterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart writes is what the functions read, each by the class that its main uses. */
class ConfigurationsTest {
  /** A function's record and the prefix of its environment. */
  private record Read(Class<? extends Record> type, String prefix) {}

  private static final Map<String, Read> FUNCTIONS =
      Map.of(
          "aipf", new Read(AipfConfig.class, "AIPAGING_AIPF"),
          "nef-exposure", new Read(NefConfig.class, "AIPAGING_NEF"),
          "pcf-adapter", new Read(PcfAdapterConfig.class, "AIPAGING_PCFADAPTER"),
          "smf-adapter", new Read(SmfAdapterConfig.class, "AIPAGING_SMFADAPTER"),
          "aexf-agent", new Read(AgentConfig.class, "AIPAGING_AEXF"),
          "issuer", new Read(IssuerConfig.class, "AIPAGING_ISSUER"),
          "operator", new Read(ConnectionFile.class, "AIPAGING_CONNECTION"));

  private static final Set<String> WRITTEN = Set.of("journal", "path", "key-file");
  private static Chart chart;

  @BeforeAll
  static void copyChart() {
    chart = Chart.copy();
  }

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void everyFunctionReadsItsConfiguration(Scenarios.Scenario scenario) {
    Rendered rendered = scenario.render(chart);
    assertThat(rendered.pods()).isNotEmpty();
    for (Pod pod : rendered.pods()) {
      Read read = FUNCTIONS.get(pod.component());
      assertThat(read).as("what %s runs", pod).isNotNull();
      Record config =
          Configuration.parse(read.type(), text(rendered, pod), pod.environment(), read.prefix());
      assertThat(config).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void everyFileThatAConfigurationNamesIsMounted(Scenarios.Scenario scenario) {
    Rendered rendered = scenario.render(chart);
    for (Pod pod : rendered.pods()) {
      Set<String> files = pod.files(rendered).keySet();
      List<String> missing = new ArrayList<>();
      walk(
          "",
          Rendered.yaml(text(rendered, pod)),
          (key, path) -> {
            boolean there =
                files.contains(path)
                    || (WRITTEN.contains(key)
                        && pod.writable().stream().anyMatch(path::startsWith));
            if (!there) {
              missing.add(key + ": " + path);
            }
          });
      assertThat(missing).as("named by %s and not mounted", pod).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void theCatalogueIsOne(Scenarios.Scenario scenario, @TempDir Path folder) throws Exception {
    Rendered rendered = scenario.render(chart);
    if (rendered.find("Service", "aipaging-aipf").isEmpty()) {
      return;
    }
    Path file = folder.resolve("catalog.yaml");
    Files.writeString(file, rendered.data("aipaging-catalog", "catalog.yaml"));
    Map<String, String> environment = rendered.pod("aipf").environment();
    assertThat(CatalogYaml.load(file, environment)).isNotNull();
  }

  private interface Named {
    void path(String key, String path);
  }

  private static void walk(String key, JsonNode node, Named named) {
    if (node.isTextual() && node.asText().startsWith("/") && !key.endsWith("-path")) {
      named.path(key, node.asText());
    }
    node.properties().forEach(member -> walk(member.getKey(), member.getValue(), named));
    if (node.isArray()) {
      node.forEach(member -> walk(key, member, named));
    }
  }

  /** The text of the file that the container's arguments name. */
  static String text(Rendered rendered, Pod pod) {
    JsonNode arguments = pod.container().path("args");
    String file = arguments.path(arguments.size() - 1).asText();
    String text = pod.files(rendered).get(file);
    assertThat(text).as("%s of %s", file, pod).isNotNull();
    return text;
  }
}
