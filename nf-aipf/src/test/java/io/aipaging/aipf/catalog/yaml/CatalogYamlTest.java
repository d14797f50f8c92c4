package io.aipaging.aipf.catalog.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aipaging.aipf.catalog.AiService;
import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.catalog.CatalogException;
import io.aipaging.aipf.catalog.Mobility;
import io.aipaging.aipf.catalog.QosPolicy;
import io.aipaging.protocol.Aisi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogYamlTest {
  private static final Path SHIPPED = Path.of("../helm/aipaging/files/catalog.yaml");
  private static final String SMALL =
      """
      currency: EUR
      services:
        - aisi: urn:aisi:test.example:embed:standard:1
          title: Embeddings
          task: EMBEDDING
          modality: TEXT
          phrases: [embed my notes]
          targets: {ttft-ms: 100, p99-ms: 300, success-probability: 0.99}
          qos: {policy: REQUIRED, qos-reference: gold, max-bw-ul: 2 Mbps, dscp: 46}
          service-address: {address: 203.0.113.10, protocol: TCP, port: "${PORT:-8000}"}
          service-uri: http://203.0.113.10:${PORT:-8000}/v1
          mobility: NONE
      anchors:
        - id: a
          dnai: edge-a
          agent-enforcer-id: aexf-a
          gate-enforcer-id: gate
          admission-uri: ${ADMISSION}
          endpoint: 10.60.1.2:8000
          country: DE
          trust: 4
          predicted-latency-ms: 12
          price-per-1000: 0.3
          slots: 64
          aisis: [urn:aisi:test.example:embed:standard:1]
      not-offered: [draw an image]
      """;
  private static final Map<String, String> ENVIRONMENT = Map.of("ADMISSION", "https://a.test:1");

  @Test
  void readsEveryMember() {
    Catalog catalog = CatalogYaml.parse(SMALL, ENVIRONMENT);

    assertThat(catalog.currency()).isEqualTo("EUR");
    assertThat(catalog.notOffered()).containsExactly("draw an image");
    AiService service = catalog.services().getFirst();
    assertThat(service.aisi()).isEqualTo(new Aisi("test.example", "embed", "standard", "1"));
    assertThat(service.title()).isEqualTo("Embeddings");
    assertThat(service.phrases()).containsExactly("embed my notes");
    assertThat(service.task()).isEqualTo("EMBEDDING");
    assertThat(service.modality()).isEqualTo("TEXT");
    assertThat(service.tier()).isEqualTo("STANDARD");
    assertThat(service.targets().ttft()).isEqualTo(Duration.ofMillis(100));
    assertThat(service.targets().p99()).isEqualTo(Duration.ofMillis(300));
    assertThat(service.targets().successProbability()).isEqualTo(0.99);
    assertThat(service.qos().policy()).isEqualTo(QosPolicy.REQUIRED);
    assertThat(service.qos().qosReference()).isEqualTo("gold");
    assertThat(service.qos().maxBwUl()).isEqualTo("2 Mbps");
    assertThat(service.qos().maxBwDl()).isNull();
    assertThat(service.qos().dscp()).isEqualTo(46);
    assertThat(service.address().port()).isEqualTo(8000);
    assertThat(service.uri()).isEqualTo("http://203.0.113.10:8000/v1");
    assertThat(service.mobility()).isEqualTo(Mobility.NONE);
    Anchor anchor = catalog.anchors().getFirst();
    assertThat(anchor.id()).isEqualTo("a");
    assertThat(anchor.dnai()).isEqualTo("edge-a");
    assertThat(anchor.agentEnforcerId()).isEqualTo("aexf-a");
    assertThat(anchor.gateEnforcerId()).isEqualTo("gate");
    assertThat(anchor.admissionUri()).hasToString("https://a.test:1");
    assertThat(anchor.endpoint()).hasToString("10.60.1.2:8000");
    assertThat(anchor.country()).isEqualTo("DE");
    assertThat(anchor.trust()).isEqualTo(4);
    assertThat(anchor.predictedLatency()).isEqualTo(Duration.ofMillis(12));
    assertThat(anchor.pricePer1000()).isEqualTo(0.3);
    assertThat(anchor.slots()).isEqualTo(64);
    assertThat(anchor.serves(service.aisi())).isTrue();
  }

  @Test
  void theEnvironmentWinsOverADefault() {
    Catalog catalog =
        CatalogYaml.parse(SMALL, Map.of("ADMISSION", "http://b.test:2", "PORT", "9000"));
    assertThat(catalog.services().getFirst().address().port()).isEqualTo(9000);
    assertThat(catalog.services().getFirst().uri()).isEqualTo("http://203.0.113.10:9000/v1");
    assertThat(catalog.anchors().getFirst().admissionUri()).hasToString("http://b.test:2");
  }

  @Test
  void aVariableWithoutValueAndDefaultIsRefused() {
    refused(SMALL, Map.of(), "anchors[0].admission-uri: environment variable not set: ADMISSION");
    refused(SMALL, Map.of("ADMISSION", ""), "anchors[0].admission-uri: environment variable not");
  }

  @Test
  void whatAVariableHoldsNeverBecomesYamlOrAnotherPlaceholder() {
    String title = "x}\nanchors: []\n${ADMISSION}";
    Catalog catalog =
        CatalogYaml.parse(
            SMALL.replace("title: Embeddings", "title: ${TITLE}"),
            Map.of("ADMISSION", "https://a.test:1", "TITLE", title));
    assertThat(catalog.services().getFirst().title()).isEqualTo(title);
    assertThat(catalog.anchors()).hasSize(1);
  }

  @Test
  void unknownKeysAreRefusedWhereverTheyStand() {
    refused(SMALL + "colour: red\n", ENVIRONMENT, "colour: unknown key");
    refusedWith("title:", "titel: x\n    title:", "services[0].titel: unknown key");
    refusedWith("ttft-ms: 100", "ttft: 1, ttft-ms: 100", "services[0].targets.ttft: unknown key");
    refusedWith(
        "    dnai: edge-a", "    dnai: edge-a\n    zone: 1", "anchors[0].zone: unknown key");
  }

  @Test
  void missingKeysAreNamed() {
    refusedWith("    title: Embeddings\n", "", "services[0].title: is missing");
    refusedWith("    trust: 4\n", "", "anchors[0].trust: is missing");
    refusedWith("not-offered: [draw an image]\n", "", "not-offered: must be a list");
    refusedWith("    phrases: [embed my notes]\n", "", "services[0].phrases: must be a list");
  }

  @Test
  void wrongValuesAreNamedByTheirPlace() {
    refusedWith("trust: 4", "trust: four", "anchors[0].trust: ");
    refusedWith("trust: 4", "trust: 9", "anchors[0]: trust must be 0 to 5");
    refusedWith("trust: 4", "trust: [4]", "anchors[0].trust: must be a single value");
    refusedWith("NONE", "SOMETIMES", "services[0].mobility: ");
    refusedWith("10.60.1.2:8000", "edge.example:8000", "anchors[0].endpoint: ");
    refusedWith("[urn:aisi:test.example:embed:standard:1]", "[embed]", "anchors[0].aisis[0]: ");
    refusedWith(
        "[urn:aisi:test.example:embed:standard:1]",
        "[urn:aisi:test.example:chat:standard:1]",
        "anchor a serves an unknown AISI");
    refusedWith(
        "{ttft-ms: 100, p99-ms: 300, success-probability: 0.99}",
        "fast",
        "services[0].targets: must be a mapping");
  }

  @Test
  void duplicateKeysAndNonsenseAreRefused() {
    refusedWith("    trust: 4\n", "    trust: 4\n    trust: 5\n", "not YAML: ");
    refused("][", ENVIRONMENT, "not YAML: ");
    refused("", ENVIRONMENT, ": must be a mapping");
    refused("- 1", ENVIRONMENT, ": must be a mapping");
  }

  @Test
  void filesThatAreAbsentOrTooLargeAreRefused(@TempDir Path folder) throws IOException {
    Path absent = folder.resolve("absent.yaml");
    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> CatalogYaml.load(absent, Map.of()))
        .withMessageContaining("absent.yaml cannot be read");
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat((1 << 20) + 1));
    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> CatalogYaml.load(large, Map.of()))
        .withMessageContaining("bytes");
  }

  @Test
  void theShippedCatalogueLoadsWithoutAnyVariable() {
    Catalog catalog = CatalogYaml.load(SHIPPED, Map.of());
    assertThat(catalog.services()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(catalog.services()).allMatch(s -> !catalog.anchorsServing(s.aisi()).isEmpty());
    assertThat(catalog.anchor("a").orElseThrow().endpoint()).hasToString("127.0.2.1:8000");
    assertThat(catalog.anchor("b").orElseThrow().endpoint()).hasToString("127.0.2.2:8000");
  }

  @Test
  void theLabMovesTheShippedAnchorsByEnvironment() {
    Catalog catalog =
        CatalogYaml.load(
            SHIPPED,
            Map.of(
                "AIPAGING_ANCHOR_A_ADMISSION_URI", "http://127.0.0.1:7001",
                "AIPAGING_ANCHOR_A_ENDPOINT", "127.0.0.1:7002",
                "AIPAGING_EMBED_NOTES_ADDRESS", "127.0.0.9",
                "AIPAGING_EMBED_NOTES_PORT", "7003"));
    Anchor a = catalog.anchor("a").orElseThrow();
    assertThat(a.admissionUri()).hasToString("http://127.0.0.1:7001");
    assertThat(a.endpoint()).hasToString("127.0.0.1:7002");
    assertThat(catalog.services().getFirst().uri()).isEqualTo("http://127.0.0.9:7003/v1");
  }

  private static void refusedWith(String old, String replacement, String message) {
    assertThat(SMALL).contains(old);
    refused(SMALL.replace(old, replacement), ENVIRONMENT, message);
  }

  private static void refused(String yaml, Map<String, String> environment, String message) {
    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> CatalogYaml.parse(yaml, environment))
        .withMessageContaining(message);
  }
}
