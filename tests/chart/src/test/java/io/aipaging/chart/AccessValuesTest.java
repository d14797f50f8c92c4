package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values about Secrets, about who is let in, and about who operates. */
class AccessValuesTest {
  private static Chart chart;

  @BeforeAll
  static void copyChart() {
    chart = Chart.copy();
  }

  private static JsonNode config(Rendered rendered, String component) {
    return Rendered.yaml(ConfigurationsTest.text(rendered, rendered.pod(component)));
  }

  @Test
  void everyPodSeesItsOwnClientSecretOnly() {
    Rendered rendered = chart.render("aexfAgent: {enabled: true, aisis: [a]}");
    for (String component : List.of("aipf", "nef-exposure", "pcf-adapter", "aexf-agent")) {
      Pod pod = rendered.pod(component);
      List<String> secrets =
          pod.files(rendered).keySet().stream()
              .filter(file -> file.startsWith("/etc/aipaging/client/"))
              .toList();
      assertThat(secrets).as(component).hasSize(1);
      String client = secrets.getFirst().substring("/etc/aipaging/client/".length());
      assertThat(ConfigurationsTest.text(rendered, pod)).contains("client-id: " + client);
    }
  }

  @Test
  void aSigningKeyIsMountedWhereOneIsNamed() {
    assertThat(config(chart.render("{}"), "aipf").path("keys").has("signing-files")).isFalse();
    Rendered named = chart.render("keys: {signingSecret: aipaging-signing}");
    assertThat(config(named, "aipf").at("/keys/signing-files/0").asText())
        .isEqualTo("/etc/aipaging/signing/signing.key");
  }

  @Test
  void anIssuerOfAnotherAuthorityIsTrustedByItsOwn() {
    String issuer =
        "{devIssuer: {enabled: false}, oauth: {issuer: i, uri: 'https://issuer.x', %s},"
            + " networkPolicy: {issuer: [{ipBlock: {cidr: 10.0.0.1/32}}]}}";
    Rendered own = chart.render(issuer.formatted("caSecret: oauth-ca"));
    assertThat(config(own, "aipf").at("/oauth/keys/tls/trust-file").asText())
        .isEqualTo("/etc/aipaging/oauth-ca/ca.crt");
    assertThat(config(own, "aipf").at("/qos-binding/client/tls/trust-file").asText())
        .isEqualTo("/etc/aipaging/tls/ca.crt");
    Rendered same = chart.render(issuer.formatted("jwksPath: /keys"));
    assertThat(config(same, "aipf").at("/oauth/keys/tls/trust-file").asText())
        .isEqualTo("/etc/aipaging/tls/ca.crt");
    assertThat(config(same, "aipf").at("/oauth/keys-path").asText()).isEqualTo("/keys");
  }

  @Test
  void aCoreThatSpeaksHttpsIsSpokenWithByItsSecret() {
    Rendered https =
        chart.render("core: {nrf: {uris: ['https://nrf.x:443']}, tlsSecret: core-tls}");
    for (String component : List.of("aipf", "pcf-adapter")) {
      assertThat(config(https, component).at("/nrf/tls/cert-file").asText())
          .isEqualTo("/etc/aipaging/core-tls/tls.crt");
    }
    assertThat(config(chart.render("{}"), "aipf").path("nrf").has("tls")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "aipf, aipf",
    "nefExposure, nef-exposure",
    "pcfAdapter, pcf-adapter",
    "aexfAgent, aexf-agent"
  })
  void furtherRulesAreOfThatFunctionsPolicy(String value, String component) {
    String agent = value.equals("aexfAgent") ? "enabled: true, aisis: [a]," : "";
    Rendered rendered =
        chart.render(
            value
                + (": {%s extraIngress: [{from: [{ipBlock: {cidr: 10.7.0.1/32}}]}],"
                        + " extraEgress: [{to: [{ipBlock: {cidr: 10.7.0.2/32}}]}]}")
                    .formatted(agent));
    JsonNode policy = rendered.get("NetworkPolicy", "aipaging-" + component).path("spec");
    assertThat(policy.path("ingress").toString()).contains("10.7.0.1/32");
    assertThat(policy.path("egress").toString()).contains("10.7.0.2/32");
  }

  @ParameterizedTest
  @CsvSource({
    "apps, nef-exposure, ingress, 7720",
    "metrics, aipf, ingress, 9090",
    "gates, aipf, ingress, 7710",
    "agents, aipf, ingress, 7710",
    "ues, aexf-agent, ingress, 8000",
    "core, pcf-adapter, ingress, 7731",
    "store, aipf, egress, 0",
    "gates, aipf, egress, 0",
    "core, pcf-adapter, egress, 0",
    "issuer, names-and-tokens, egress, 0",
    "dns, names-and-tokens, egress, 53"
  })
  void whomAListNamesIsLetThrough(String list, String policy, String way, int port) {
    String values = "aexfAgent: {enabled: true, aisis: [a]}\nnetworkPolicy: {%s: %s}";
    String peer = "10.7.0.9/32";
    JsonNode rules =
        chart
            .render(values.formatted(list, "[{ipBlock: {cidr: " + peer + "}}]"))
            .get("NetworkPolicy", "aipaging-" + policy)
            .at("/spec/" + way);
    boolean found = false;
    for (JsonNode rule : rules) {
      boolean here = rule.path(way.equals("ingress") ? "from" : "to").toString().contains(peer);
      boolean right = port == 0 || rule.at("/ports/0/port").asInt() == port;
      found |= here && right;
    }
    assertThat(found).as("%s in %s", list, rules).isTrue();
    assertThat(chart.render(values.formatted(list, "[]")).text()).doesNotContain(peer);
  }

  @Test
  void noRuleLetsEverybodyThrough() {
    // an empty list of peers in a rule means everybody, and so does a rule without any
    Scenarios.all()
        .forEach(
            scenario -> {
              for (JsonNode policy : scenario.render(chart).all("NetworkPolicy")) {
                for (JsonNode rule : policy.at("/spec/ingress")) {
                  assertThat(rule.path("from").size()).as("%s %s", scenario, policy).isPositive();
                }
                for (JsonNode rule : policy.at("/spec/egress")) {
                  assertThat(rule.path("to").size()).as("%s %s", scenario, policy).isPositive();
                }
              }
            });
  }

  @Test
  void theOperatorsJobAndTestAreThereWhenWanted() {
    Rendered rendered = chart.render("operator: {args: [session, get, x]}");
    Pod job =
        rendered.pods().stream()
            .filter(pod -> pod.owner().path("kind").asText().equals("Job"))
            .findFirst()
            .orElseThrow();
    assertThat(job.container().path("args").toString())
        .isEqualTo(
            "[\"session\",\"get\",\"x\",\"--connection\","
                + "\"/etc/aipaging/operator/connection.yaml\"]");
    assertThat(rendered.all("Pod")).hasSize(1);
    Rendered without = chart.render("tests: {enabled: false}");
    assertThat(without.all("Pod")).isEmpty();
    assertThat(without.all("Job")).isEmpty();
  }

  @Test
  void theGuardIsAServiceThatKeepsTheUesAddress() {
    String values = "aexfAgent: {enabled: true, aisis: [a], guard: {service: {%s}}}";
    JsonNode inside =
        chart
            .render(values.formatted("annotations: {a: b}"))
            .get("Service", "aipaging-aexf-agent-guard");
    assertThat(inside.at("/spec/type").asText()).isEqualTo("ClusterIP");
    assertThat(inside.path("spec").has("externalTrafficPolicy")).isFalse();
    assertThat(inside.at("/metadata/annotations/a").asText()).isEqualTo("b");
    JsonNode outside =
        chart
            .render(values.formatted("type: LoadBalancer, loadBalancerIP: 10.60.1.2"))
            .get("Service", "aipaging-aexf-agent-guard");
    assertThat(outside.at("/spec/externalTrafficPolicy").asText()).isEqualTo("Local");
    assertThat(outside.at("/spec/loadBalancerIP").asText()).isEqualTo("10.60.1.2");
  }

  @Test
  void theAccountHasItsAnnotations() {
    JsonNode account =
        chart.render("serviceAccount: {annotations: {a: b}}").get("ServiceAccount", Chart.RELEASE);
    assertThat(account.at("/metadata/annotations/a").asText()).isEqualTo("b");
    assertThat(account.path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @Test
  void theCoresPathIsAskedForBySwitch() {
    String values = "smfAdapter: {corePath: {enabled: %s, driver: %s, routeProfile: edge}}";
    List<String> open5gs = List.of("values-open5gs.yaml");
    JsonNode off =
        config(chart.render(open5gs, values.formatted(false, "af-route")), "smf-adapter");
    assertThat(off.has("core-path")).isFalse();
    Rendered on = chart.render(open5gs, values.formatted(true, "af-route"));
    JsonNode path = config(on, "smf-adapter").path("core-path");
    assertThat(path.path("route-profile").asText()).isEqualTo("edge");
    assertThat(path.has("pcf-adapter")).isTrue();
    assertThat(on.get("Service", "aipaging-smf-adapter").at("/spec/ports").size()).isEqualTo(2);
    JsonNode influence =
        config(chart.render(open5gs, values.formatted(true, "udr-influence")), "smf-adapter");
    assertThat(influence.path("core-path").has("pcf-adapter")).isFalse();
  }
}
