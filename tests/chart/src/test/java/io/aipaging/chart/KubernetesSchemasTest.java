package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every object of every rendering is one of the oldest, a middle and the newest Kubernetes. */
class KubernetesSchemasTest {
  @ParameterizedTest
  @ValueSource(strings = {"1.25.0", "1.30.0", "1.37.0"})
  void everyObjectIsValid(String version) {
    KubernetesSchemas schemas = KubernetesSchemas.of(version);
    Chart chart = Chart.copy().on(version);
    Set<String> kinds = new TreeSet<>();
    Scenarios.all()
        .forEach(
            scenario -> {
              for (JsonNode object : scenario.render(chart).objects()) {
                kinds.add(object.path("kind").asText());
                assertThat(schemas.violations(object))
                    .as("%s: %s %s", scenario, object.path("kind"), Rendered.name(object))
                    .isEmpty();
              }
            });
    assertThat(kinds)
        .contains("Certificate", "DaemonSet", "HorizontalPodAutoscaler", "Job", "NetworkPolicy")
        .contains("Pod", "PodDisruptionBudget", "ServiceMonitor", "StatefulSet");
  }

  @Test
  void whatIsMisspeltOrOfAnotherTypeIsFound() {
    KubernetesSchemas schemas = KubernetesSchemas.of("1.37.0");
    Rendered rendered = Chart.copy().render(List.of("values-open5gs.yaml"), Scenarios.EVERYTHING);
    ObjectNode pdb = rendered.all("PodDisruptionBudget").getFirst().deepCopy();
    ((ObjectNode) pdb.path("spec")).put("minAvailableX", 1);
    assertThat(schemas.violations(pdb)).anySatisfy(w -> assertThat(w).contains("minAvailableX"));
    ObjectNode service = rendered.get("Service", "aipaging-aipf").deepCopy();
    ((ObjectNode) service.at("/spec/ports/0")).put("port", "seven");
    assertThat(schemas.violations(service)).anySatisfy(w -> assertThat(w).contains("port"));
    ObjectNode monitor = rendered.all("ServiceMonitor").getFirst().deepCopy();
    ((ObjectNode) monitor.at("/spec/endpoints/0")).put("intervalX", "30s");
    assertThat(schemas.violations(monitor)).anySatisfy(w -> assertThat(w).contains("intervalX"));
    ObjectNode certificate = rendered.all("Certificate").getFirst().deepCopy();
    ((ObjectNode) certificate.at("/spec/privateKey")).put("algorithm", "DSA");
    assertThat(schemas.violations(certificate)).anySatisfy(w -> assertThat(w).contains("DSA"));
    ObjectNode unknown = rendered.all("Service").getFirst().deepCopy();
    unknown.put("apiVersion", "v9");
    assertThat(schemas.violations(unknown)).isNotEmpty();
  }

  @Test
  void theRecipeOfTheSidecarIsAPodOfKubernetes() {
    KubernetesSchemas schemas = KubernetesSchemas.of("1.25.0");
    Pod recipe = Chart.copy().render(List.of("values-open5gs.yaml"), "{}").pod("smf-adapter");
    ObjectNode pod = Rendered.yaml("{apiVersion: v1, kind: Pod, metadata: {name: upf}}").deepCopy();
    pod.set("spec", recipe.spec());
    assertThat(schemas.violations(pod)).isEmpty();
  }
}
