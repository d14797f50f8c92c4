package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

/** The renderings that every general test looks at. */
final class Scenarios {
  /** Values that switch on what the profiles leave off. */
  static final String EVERYTHING =
      """
      core:
        scp: {enabled: true}
        tiers: [{qosReference: voice, medType: AUDIO, guaranteed: true, named: false}]
        nrf: {uris: ["https://nrf.example.org:443"]}
        pcf: {uri: "https://pcf.example.org"}
        tlsSecret: core-tls
      oauth: {uri: "https://login.example.org/realms/core", issuer: "https://login.example.org/realms/core", caSecret: oauth-ca}
      devIssuer: {enabled: false}
      aipf:
        autoscaling: {enabled: true, min: 2, max: 4, cpu: 60}
        store: {kind: postgresql, caSecret: store-ca}
        gates: [{enforcerId: n6-gate-2, uri: "https://gate-2.example.org:7740"}]
        podAnnotations: {example.org/owner: core-team}
      keys: {signingSecret: aipaging-signing}
      smfAdapter:
        placement: daemonset
        nodeSelector: {kubernetes.io/hostname: upf-1}
        n6Devices: [eth1]
        nextHops: [{address: 10.60.1.2, index: 1}]
        qosClasses: {ai-interactive: "1:10"}
        corePath: {enabled: true, driver: af-route, routeProfile: edge}
      aexfAgent:
        enabled: true
        aisis: ["urn:aisi:aipaging.example:embed-notes:standard:1"]
        guard: {gateways: [10.60.1.1], service: {type: LoadBalancer, loadBalancerIP: 10.60.1.2}}
        modelContainer:
          name: model
          image: example.org/model:1
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      operator: {args: [session, page, --ue, 10.45.0.2, --text, embed my field notes]}
      networkPolicy:
        issuer: [{ipBlock: {cidr: 198.51.100.10/32}}]
        store: [{ipBlock: {cidr: 198.51.100.20/32}}]
        gates: [{ipBlock: {cidr: 198.51.100.30/32}}]
        apps: [{podSelector: {matchLabels: {app: notes}}}]
        ues: [{ipBlock: {cidr: 10.45.0.0/16}}]
      serviceMonitor: {enabled: true, labels: {release: prometheus}}
      prometheusRule: {enabled: true}
      dashboards: {enabled: true}
      """;

  /** No certificates, no NetworkPolicies, one PCF, registered nowhere. */
  static final String PLAIN =
      """
      core: {pcf: {uri: "http://pcf.core"}}
      devIssuer: {enabled: true}
      aipf: {gates: [{enforcerId: n6-gate, uri: "http://gate.example.org:7740"}]}
      tls: {enabled: false}
      networkPolicy: {enabled: false}
      podDisruptionBudget: {enabled: false}
      """;

  /** An anchor of its own, elsewhere. */
  static final String ANCHOR_ONLY =
      """
      aipf: {enabled: false, uri: "https://aipf.example.org:7710"}
      nefExposure: {enabled: false}
      pcfAdapter: {enabled: false}
      oauth: {issuer: "https://issuer.example.org", uri: "https://issuer.example.org"}
      networkPolicy:
        issuer: [{ipBlock: {cidr: 198.51.100.10/32}}]
        aipf: [{ipBlock: {cidr: 198.51.100.40/32}}]
      aexfAgent: {enabled: true, aisis: ["urn:aisi:aipaging.example:embed-notes:standard:1"]}
      """;

  private static final List<String> TLS = List.of("tls.crt", "tls.key", "ca.crt");

  /** Keys of a Secret that is mounted as a whole, as README.md tells them. */
  static List<String> secretKeys(String name) {
    return switch (name) {
      case "aipaging-signing" -> List.of("signing.key");
      case "store-ca" -> List.of("ca.crt");
      case "core-tls" -> TLS;
      default -> {
        assertThat(name).as("a Secret whose keys are told nowhere").endsWith("-tls");
        yield TLS;
      }
    };
  }

  private Scenarios() {}

  /** A rendering to look at. */
  record Scenario(String name, List<String> profiles, String values) {
    @Override
    public String toString() {
      return name;
    }

    Rendered render(Chart chart) {
      return chart.render(profiles, values);
    }
  }

  static Stream<Scenario> all() {
    String open5gs = "values-open5gs.yaml";
    String free5gc = "values-free5gc.yaml";
    String ha = "values-ha.yaml";
    return Stream.of(
        new Scenario("least", List.of("least.yaml"), "{}"),
        new Scenario("open5gs", List.of(open5gs), "{}"),
        new Scenario("free5gc", List.of(free5gc), "{}"),
        new Scenario("open5gs, ha", List.of(open5gs, ha), "{}"),
        new Scenario("free5gc, ha", List.of(free5gc, ha), "{}"),
        new Scenario("open5gs, everything", List.of(open5gs), EVERYTHING),
        new Scenario("plain", List.of(), PLAIN),
        new Scenario("anchor only", List.of(), ANCHOR_ONLY));
  }
}
