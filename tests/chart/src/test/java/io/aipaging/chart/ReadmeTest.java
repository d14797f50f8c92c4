package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chart's README names every value, and none that there is not. */
class ReadmeTest {
  private static final Set<String> FUNCTIONS =
      Set.of("aipf", "nefExposure", "pcfAdapter", "smfAdapter", "aexfAgent");

  /** Values that the table explains as a whole. */
  private static final Set<String> WHOLE =
      Set.of("devIssuer.resources", "operator.resources", "<function>.resources");

  @Test
  void everyValueIsInTheReadmeAndNoOther() throws Exception {
    String readme = Files.readString(Chart.source().resolve("README.md"));
    Set<String> told = new TreeSet<>();
    Matcher row = Pattern.compile("(?m)^\\| (`[^|]*`) \\|").matcher(readme.split("## Values")[1]);
    while (row.find()) {
      Matcher value = Pattern.compile("`([^`]+)`").matcher(row.group(1));
      while (value.find()) {
        told.add(value.group(1));
      }
    }
    Set<String> values = new TreeSet<>();
    JsonNode all = new YAMLMapper().readTree(Chart.source().resolve("values.yaml").toFile());
    leaves("", all, values);
    Set<String> covered = new TreeSet<>();
    for (String value : values) {
      String name = named(value, told);
      assertThat(name).as("README.md says nothing of %s", value).isNotEmpty();
      covered.add(name);
    }
    told.removeAll(covered);
    assertThat(told).as("README.md tells of values that do not exist").isEmpty();
  }

  @Test
  void imagesAreOfTheVersionThatIsBuilt() throws Exception {
    String pom = Files.readString(Chart.repository().resolve("pom.xml"));
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    JsonNode chart = new YAMLMapper().readTree(Chart.source().resolve("Chart.yaml").toFile());
    assertThat(chart.path("appVersion").asText()).isEqualTo(version.group(1));
  }

  private static String named(String value, Set<String> told) {
    String function = value.split("\\.")[0];
    String general =
        FUNCTIONS.contains(function) ? value.replaceFirst(function, "<function>") : value;
    if (told.contains(value)) {
      return value;
    }
    return told.contains(general) ? general : "";
  }

  private static void leaves(String at, JsonNode node, Set<String> found) {
    String function = at.split("\\.")[0];
    String general = FUNCTIONS.contains(function) ? at.replaceFirst(function, "<function>") : at;
    boolean whole = WHOLE.contains(general) || at.equals("dashboards.labels");
    if (node.isObject() && !node.isEmpty() && !whole) {
      node.properties()
          .forEach(
              one ->
                  leaves(
                      at.isEmpty() ? one.getKey() : at + "." + one.getKey(),
                      one.getValue(),
                      found));
    } else {
      found.add(at);
    }
  }
}
