package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics, alerts and dashboards: each by its switch, and with or without files of them. */
class MonitoringTest {
  private static final String ON =
      "{serviceMonitor: {enabled: true, interval: 7s, labels: {l: m}},"
          + " prometheusRule: {enabled: true, labels: {r: s}},"
          + " dashboards: {enabled: true, labels: {grafana_dashboard: '1'}}}";

  private Chart chart;

  @BeforeEach
  void copyChart() {
    chart = Chart.copy();
  }

  @Test
  void nothingIsThereUntilItIsSwitchedOn() {
    Rendered rendered = chart.render("{}");
    assertThat(rendered.all("ServiceMonitor")).isEmpty();
    assertThat(rendered.all("PrometheusRule")).isEmpty();
    assertThat(rendered.text()).doesNotContain("grafana_dashboard");
  }

  @Test
  void theMonitorFindsTheManagementPortOfEveryFunction() {
    Rendered rendered = chart.render(ON);
    JsonNode monitor = rendered.get("ServiceMonitor", "aipaging-metrics");
    assertThat(monitor.at("/spec/endpoints/0/interval").asText()).isEqualTo("7s");
    assertThat(monitor.at("/spec/endpoints/0/relabelings/0/targetLabel").asText()).isEqualTo("job");
    assertThat(monitor.at("/metadata/labels/l").asText()).isEqualTo("m");
    JsonNode service = rendered.get("Service", "aipaging-metrics");
    assertThat(monitor.at("/spec/selector/matchLabels").properties())
        .allSatisfy(
            wanted ->
                assertThat(service.at("/metadata/labels").get(wanted.getKey()))
                    .isEqualTo(wanted.getValue()));
    assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("management");
    assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
  }

  @Test
  void theGateIsSeenWhereverItIs() {
    Rendered beside = chart.render(List.of("values-open5gs.yaml"), ON);
    JsonNode monitor = beside.get("ServiceMonitor", "aipaging-metrics");
    assertThat(monitor.at("/spec/endpoints/1/port").asText()).isEqualTo("gate-management");
    assertThat(monitor.at("/spec/endpoints/1/relabelings/0/replacement").asText())
        .isEqualTo("smf-adapter");
    JsonNode service = beside.get("Service", "aipaging-metrics-gate").path("spec");
    assertThat(service.at("/selector/app.kubernetes.io~1name").asText()).isEqualTo("upf");
    assertThat(service.at("/ports/0/port").asInt()).isEqualTo(7741);
    Rendered without = chart.render(ON);
    assertThat(without.find("Service", "aipaging-metrics-gate")).isEmpty();
    assertThat(without.get("ServiceMonitor", "aipaging-metrics").at("/spec/endpoints").size())
        .isEqualTo(1);
  }

  @Test
  void alertsAreTakenFromTheirFileAsTheyAre() throws Exception {
    chart.write(
        "files/alerts.yaml",
        "groups:\n  - name: aipaging\n    rules:\n      - alert: A\n        expr: up == 0\n"
            + "        annotations: {summary: \"{{ $labels.job }} is away\"}\n");
    JsonNode rule = chart.render(ON).get("PrometheusRule", "aipaging-metrics");
    assertThat(rule.at("/spec/groups/0/rules/0/annotations/summary").asText())
        .isEqualTo("{{ $labels.job }} is away");
    assertThat(rule.at("/metadata/labels/r").asText()).isEqualTo("s");
    chart.delete("files/alerts.yaml");
    assertThat(chart.render(ON).all("PrometheusRule")).isEmpty();
  }

  @Test
  void eachDashboardIsAConfigMap() throws Exception {
    String json = "{\n  \"title\": \"x\",\n  \"legend\": \"{{anchor}}\"\n}\n";
    chart.write("files/dashboards/Seen.json", json);
    Rendered rendered = chart.render(ON);
    JsonNode dashboard = rendered.get("ConfigMap", "aipaging-dashboard-seen");
    assertThat(dashboard.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
    assertThat(dashboard.path("data").path("Seen.json").asText()).isEqualTo(json);
  }
}
