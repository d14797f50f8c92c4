package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the gate is, and what it shares with AIPF and anchors. */
class GateValuesTest {
  private static Chart chart;

  @BeforeAll
  static void copyChart() {
    chart = Chart.copy();
  }

  private static JsonNode config(Rendered rendered, String component) {
    return Rendered.yaml(ConfigurationsTest.text(rendered, rendered.pod(component)));
  }

  @Test
  void gateAndAnchorKeepTheAipfsTime() {
    Rendered rendered =
        chart.render(
            List.of("values-open5gs.yaml"),
            "lease: {skewBound: 100ms, skewMargin: 150ms}\nsetId: s2\n"
                + "aexfAgent: {enabled: true, aisis: [a]}");
    for (String at : List.of("aipf /lease", "smf-adapter /gate", "aexf-agent /anchor")) {
      String[] where = at.split(" ");
      JsonNode block = config(rendered, where[0]).at(where[1]);
      assertThat(block.path("skew-bound").asText()).isEqualTo("100ms");
      assertThat(block.path("skew-margin").asText()).isEqualTo("150ms");
    }
    assertThat(config(rendered, "aipf").path("set-id").asText()).isEqualTo("s2");
    assertThat(config(rendered, "smf-adapter").at("/gate/aipf-issuer").asText()).isEqualTo("s2");
    assertThat(config(rendered, "aexf-agent").at("/anchor/aipf-issuer").asText()).isEqualTo("s2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "sidecar", "daemonset"})
  void theGateIsWhereItIsPut(String placement) {
    Rendered rendered =
        chart.render(
            "smfAdapter: {placement: '"
                + placement
                + "', upfSelector: {app: upf}, nodeSelector: {a: b}, ueDevices: [ogstun],"
                + " services: [{address: 203.0.113.1, protocol: TCP, port: 1}],"
                + " dnatAnchors: [10.0.0.0/8]}\n"
                + "networkPolicy: {gates: [{ipBlock: {cidr: 10.9.9.9/32}}]}");
    assertThat(rendered.all("DaemonSet")).hasSize(placement.equals("daemonset") ? 1 : 0);
    assertThat(rendered.find("ConfigMap", "aipaging-smf-adapter-sidecar").isPresent())
        .isEqualTo(placement.equals("sidecar"));
    assertThat(rendered.find("PersistentVolumeClaim", "aipaging-smf-adapter-journal").isPresent())
        .isEqualTo(placement.equals("sidecar"));
    assertThat(config(rendered, "aipf").path("gates").size())
        .isEqualTo(placement.equals("off") ? 1 : 2);
    if (!placement.equals("off")) {
      // no UE's packet reaches the gate's interface by another of the host's addresses
      assertThat(rendered.pod("smf-adapter").environment())
          .containsEntry("AIPAGING_SMFADAPTER_LISTENER_HOST", Pod.ADDRESS)
          .containsEntry("AIPAGING_SMFADAPTER_MANAGEMENT_HOST", Pod.ADDRESS);
    }
  }

  @Test
  void theSidecarIsFoundByTheLabelsOfItsHost() {
    Rendered rendered = chart.render(List.of("values-open5gs.yaml"), "{}");
    JsonNode service = rendered.get("Service", "aipaging-smf-adapter").path("spec");
    assertThat(service.at("/selector/app.kubernetes.io~1name").asText()).isEqualTo("upf");
    assertThat(service.at("/selector").size()).isEqualTo(2);
    JsonNode host =
        Rendered.yaml(rendered.data("aipaging-smf-adapter-sidecar", "patch.yaml")).path("spec");
    assertThat(host.at("/strategy/type").asText()).isEqualTo("Recreate");
    for (JsonNode volume : host.at("/template/spec/volumes")) {
      // a patch merges volumes by their names: none may be one of the UPF's
      assertThat(volume.path("name").asText()).startsWith("gate-");
    }
  }

  @Test
  void anotherGatesConfigurationChangesThePatch() {
    assertThat(patch("{}")).isEqualTo(patch("{}"));
    assertThat(patch("lease: {skewMargin: 300ms}")).isNotEqualTo(patch("{}"));
  }

  private static String patch(String values) {
    return chart
        .render(List.of("values-open5gs.yaml"), values)
        .data("aipaging-smf-adapter-sidecar", "patch.yaml");
  }
}
