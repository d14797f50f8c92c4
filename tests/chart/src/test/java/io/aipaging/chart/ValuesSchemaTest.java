package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code values.schema.json} knows every value, and refuses others. */
class ValuesSchemaTest {
  /** Mappings whose keys are somebody else's. */
  private static final Set<String> FREE =
      Set.of(
          "annotations",
          "podAnnotations",
          "nodeSelector",
          "affinity",
          "config",
          "labels",
          "requests",
          "limits",
          "env",
          "upfSelector",
          "qosClasses",
          "modelContainer",
          "namespaceSelector");

  private static Chart chart;

  @BeforeAll
  static void copyChart() {
    chart = Chart.copy();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aipf: {port: 0}                                          | /aipf/port
          aipf: {port: seven}                                      | /aipf/port
          aipf: {store: {kind: memory}}                            | /aipf/store/kind
          aipf: {image: {digest: latest}}                          | /aipf/image/digest
          aipf: {gates: [{enforcerId: g, uri: gate}]}              | /aipf/gates/0/uri
          aipf: {service: {type: ExternalName}}                    | /aipf/service/type
          core: {flavour: oai}                                     | /core/flavour
          core: {nrf: {uris: ["nrf:7777"]}}                        | /core/nrf/uris/0
          core: {snssai: {sst: 256}}                               | /core/snssai/sst
          core: {snssai: {sst: 1, sd: 10203}}                      | /core/snssai/sd
          lease: {term: 30}                                        | /lease/term
          lease: {term: 30 seconds}                                | /lease/term
          management: {leavesAfter: soon}                          | /management/leavesAfter
          nefExposure: {apps: [{afId: a, uePrefixes: [10.0.0.0/8]}]} | /nefExposure/apps/0
          networkPolicy: {apps: [{}]}                              | /networkPolicy/apps/0
          oauth: {clientsSecret: ""}                               | /oauth/clientsSecret
          podDisruptionBudget: {maxUnavailable: few}               | /podDisruptionBudget/max
          smfAdapter: {placement: router}                          | /smfAdapter/placement
          smfAdapter: {services: [{address: 203.0.113.1, protocol: SCTP, port: 1}]} | /protocol
          smfAdapter: {nextHops: [{address: 10.0.0.1, index: 255}]} | /smfAdapter/nextHops/0/index
          terminationGracePeriodSeconds: 0                         | /terminationGracePeriodSeconds
          """)
  void aValueThatCannotBeIsRefusedByItsName(String values, String pointer) {
    assertThatThrownBy(() -> chart.render(values)).hasMessageContaining(pointer);
  }

  static Stream<String> mappings() throws IOException {
    List<String> found = new ArrayList<>();
    collect("", new YAMLMapper().readTree(Chart.source().resolve("values.yaml").toFile()), found);
    return found.stream();
  }

  private static void collect(String at, JsonNode node, List<String> found) {
    if (!node.isObject() || FREE.contains(at.substring(at.lastIndexOf('.') + 1))) {
      return;
    }
    found.add(at);
    node.properties()
        .forEach(
            member ->
                collect(
                    at.isEmpty() ? member.getKey() : at + "." + member.getKey(),
                    member.getValue(),
                    found));
  }

  @Test
  void aKeyThatIsNoneIsRefusedEverywhere() throws Exception {
    assertThat(mappings()).hasSizeGreaterThan(40);
    JsonNode schema =
        new ObjectMapper().readTree(Chart.source().resolve("values.schema.json").toFile());
    for (String mapping : mappings().toList()) {
      JsonNode known = schema;
      for (String key : mapping.isEmpty() ? new String[0] : mapping.split("\\.")) {
        known = resolved(schema, known).path("properties").path(key);
        assertThat(known.isMissingNode()).as("the schema knows %s", mapping).isFalse();
      }
      assertThat(resolved(schema, known).path("additionalProperties").asBoolean(true))
          .as("unknown keys of '%s' are let in", mapping)
          .isFalse();
    }
    assertThatThrownBy(() -> chart.render("aipf: {replica: 2}"))
        .hasMessageContaining("additional properties 'replica' not allowed");
  }

  private static JsonNode resolved(JsonNode schema, JsonNode node) {
    String ref = node.path("$ref").asText();
    return ref.isEmpty() ? node : schema.at(ref.substring(1));
  }

  @Test
  void everyValueOfTheSchemaHasItsDefault() throws Exception {
    JsonNode schema =
        new ObjectMapper().readTree(Chart.source().resolve("values.schema.json").toFile());
    JsonNode values = new YAMLMapper().readTree(Chart.source().resolve("values.yaml").toFile());
    List<String> missing = new ArrayList<>();
    compare("", schema, schema, values, missing);
    assertThat(missing).isEmpty();
  }

  private static void compare(
      String at, JsonNode schema, JsonNode known, JsonNode values, List<String> missing) {
    for (var member : resolved(schema, known).path("properties").properties()) {
      String name = member.getKey();
      String path = at + "/" + name;
      if (Set.of("/core/snssai", "/tls/certManager/issuerRef").contains(at)
          || path.equals("/global")
          || path.endsWith("/claims")) {
        continue;
      }
      if (!values.has(name)) {
        missing.add(path);
      } else {
        compare(path, schema, member.getValue(), values.path(name), missing);
      }
    }
  }
}
