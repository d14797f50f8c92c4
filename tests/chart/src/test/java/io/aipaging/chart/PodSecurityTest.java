package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pod Security "restricted" for all but the gate, and what every pod has besides. */
class PodSecurityTest {
  private static final String GATE = "smf-adapter";
  private static Chart chart;

  @BeforeAll
  static void copyChart() {
    chart = Chart.copy();
  }

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void everyPodButTheGateIsRestricted(Scenarios.Scenario scenario) {
    for (Pod pod : scenario.render(chart).pods()) {
      if (!pod.component().equals(GATE)) {
        assertThat(Restricted.violations(pod.spec())).as("%s", pod).isEmpty();
      }
    }
  }

  @Test
  void theGateAsksForNoMoreThanItNeeds() {
    Pod daemon = chart.render(List.of("values-open5gs.yaml"), Scenarios.EVERYTHING).pod(GATE);
    assertThat(Restricted.violations(daemon.spec()))
        .containsExactlyInAnyOrder(
            "hostNetwork",
            "volume gate-journal is hostPath",
            "smf-adapter: capabilities.add NET_ADMIN",
            "smf-adapter: runAsNonRoot",
            "smf-adapter: runAsUser 0");
    Pod sidecar = chart.render(List.of("values-open5gs.yaml"), "{}").pod(GATE);
    assertThat(Restricted.violations(sidecar.spec()))
        .containsExactlyInAnyOrder(
            "smf-adapter: capabilities.add NET_ADMIN",
            "smf-adapter: runAsNonRoot",
            "smf-adapter: runAsUser 0");
  }

  @Test
  void theRulesRefuseWhatTheyAreFor() {
    JsonNode spec =
        Rendered.yaml(
            """
            hostPID: true
            volumes: [{name: run, hostPath: {path: /run}}]
            containers:
              - name: c
                ports: [{hostPort: 80}]
                securityContext: {privileged: true, procMount: Unmasked, runAsUser: 0}
            """);
    assertThat(Restricted.violations(spec))
        .contains(
            "hostPID",
            "volume run is hostPath",
            "c: hostPort",
            "c: privileged",
            "c: procMount",
            "c: runAsNonRoot",
            "c: runAsUser 0",
            "c: allowPrivilegeEscalation",
            "c: capabilities.drop",
            "c: seccompProfile");
  }

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void everyPodIsReadOnlyWithoutTokenAndWithoutForeignEnvironment(Scenarios.Scenario scenario) {
    for (Pod pod : scenario.render(chart).pods()) {
      assertThat(pod.container().at("/securityContext/readOnlyRootFilesystem").asBoolean())
          .as("%s: read-only root", pod)
          .isTrue();
      assertThat(pod.container().path("resources").path("requests").isEmpty())
          .as("%s: no requests", pod)
          .isFalse();
      if (isRecipe(pod)) {
        continue;
      }
      // AIPAGING_AIPF_SERVICE_HOST of a release named aipaging would keep the AIPF from starting
      assertThat(pod.spec().path("enableServiceLinks").asBoolean(true))
          .as("%s: service links", pod)
          .isFalse();
      assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
          .as("%s: token", pod)
          .isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.aipaging.chart.Scenarios#all")
  void functionsAreProbedAtTheirManagementPort(Scenarios.Scenario scenario) {
    for (Pod pod : scenario.render(chart).pods()) {
      if (List.of("issuer", "operator").contains(pod.component())) {
        continue;
      }
      String port = pod.component().equals(GATE) ? "gate-management" : "management";
      for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
        JsonNode get = pod.container().path(probe);
        assertThat(get.has("exec")).as("%s: there is no shell", pod).isFalse();
        if (isRecipe(pod) && probe.equals("readinessProbe")) {
          assertThat(get.isMissingNode()).as("the UPF is ready without its gate").isTrue();
        } else {
          assertThat(get.at("/httpGet/port").asText()).as("%s %s", pod, probe).isEqualTo(port);
        }
      }
      assertThat(port(pod, port)).as("%s has the port %s", pod, port).isPresent();
    }
  }

  private static boolean isRecipe(Pod pod) {
    return pod.owner().path("kind").asText().equals("ConfigMap");
  }

  private static Optional<Integer> port(Pod pod, String name) {
    for (JsonNode port : pod.container().path("ports")) {
      if (port.path("name").asText().equals(name)) {
        return Optional.of(port.path("containerPort").asInt());
      }
    }
    return Optional.empty();
  }
}
