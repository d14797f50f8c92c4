package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.certs.IssuerConfig;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.sbi.config.Configuration;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions name each other as they are, get each other's tokens and are let through. */
class WiringTest {
  /** All functions in one release, and whoever they talk with among them. */
  private static final String TOGETHER =
      """
      aexfAgent: {enabled: true, aisis: ["urn:aisi:aipaging.example:embed-notes:standard:1"]}
      operator: {args: [session, list]}
      smfAdapter:
        corePath: {enabled: true, driver: af-route, routeProfile: edge}
      """;

  private static Rendered rendered;

  /** One function calls another. */
  private record Call(Pod caller, URI peer, String clientId, String audience) {}

  @BeforeAll
  static void render() {
    rendered = Chart.copy().render(List.of("values-open5gs.yaml"), TOGETHER);
  }

  private static List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    for (Pod pod : rendered.pods()) {
      JsonNode config = Rendered.yaml(ConfigurationsTest.text(rendered, pod));
      collect(pod, config, config.path("token"), calls);
      for (String key : List.of("aipf-uri", "issuer-uri")) {
        if (config.has(key)) {
          calls.add(new Call(pod, URI.create(config.path(key).asText()), "operator", ""));
        }
      }
    }
    return calls;
  }

  private static void collect(Pod pod, JsonNode node, JsonNode token, List<Call> calls) {
    if (node.has("base-uri")) {
      URI peer = URI.create(node.path("base-uri").asText());
      boolean issuer = peer.getHost().startsWith("aipaging-issuer.");
      calls.add(
          new Call(
              pod,
              peer,
              issuer ? "" : token.path("client-id").asText(),
              issuer ? "" : token.path("audience").asText()));
    }
    node.properties()
        .forEach(
            member ->
                collect(
                    pod, member.getValue(), node.has("token") ? node.path("token") : token, calls));
    if (node.isArray()) {
      node.forEach(one -> collect(pod, one, token, calls));
    }
  }

  @Test
  void everyPeerIsAServiceOfTheRelease() {
    assertThat(calls()).hasSizeGreaterThan(15);
    for (Call call : calls()) {
      String[] host = call.peer().getHost().split("\\.");
      assertThat(host).as("%s of %s", call.peer(), call.caller()).hasSize(3);
      assertThat(host[1] + "." + host[2]).isEqualTo(Chart.NAMESPACE + ".svc");
      JsonNode service = rendered.get("Service", host[0]);
      List<Integer> ports = new ArrayList<>();
      service.at("/spec/ports").forEach(port -> ports.add(port.path("port").asInt()));
      assertThat(ports).as("%s", call.peer()).contains(call.peer().getPort());
      assertThat(call.peer().getScheme()).isEqualTo("https");
    }
  }

  @Test
  void everyServiceLeadsToAPortOfAPod() {
    for (JsonNode service : rendered.all("Service")) {
      Pod pod = behind(service);
      List<String> names = new ArrayList<>();
      pod.container().path("ports").forEach(port -> names.add(port.path("name").asText()));
      for (JsonNode port : service.at("/spec/ports")) {
        assertThat(names).contains(port.path("targetPort").asText());
      }
    }
  }

  @Test
  void enforcersReachAnAipfThatIsNotReadyAndAppsDoNot() {
    JsonNode ready = rendered.get("Service", "aipaging-aipf").path("spec");
    JsonNode any = rendered.get("Service", "aipaging-aipf-peers").path("spec");
    assertThat(ready.path("publishNotReadyAddresses").asBoolean()).isFalse();
    assertThat(any.path("publishNotReadyAddresses").asBoolean()).isTrue();
    assertThat(any.path("selector")).isEqualTo(ready.path("selector"));
    for (Call call : calls()) {
      if (call.peer().getHost().startsWith("aipaging-aipf")) {
        boolean app = call.caller().component().equals("nef-exposure");
        assertThat(call.peer().getHost())
            .as("%s", call.caller())
            .startsWith(app ? "aipaging-aipf." : "aipaging-aipf-peers.");
      }
    }
  }

  @Test
  void certificatesNameEveryHostThatIsCalled() {
    for (Call call : calls()) {
      JsonNode service = rendered.get("Service", call.peer().getHost().split("\\.")[0]);
      Pod pod = behind(service);
      String secret = Chart.RELEASE + "-" + pod.component() + "-tls";
      List<String> names = new ArrayList<>();
      for (JsonNode certificate : rendered.all("Certificate")) {
        if (certificate.at("/spec/secretName").asText().equals(secret)) {
          certificate.at("/spec/dnsNames").forEach(name -> names.add(name.asText()));
        }
      }
      assertThat(names).as("certificate of %s", pod).contains(call.peer().getHost());
    }
  }

  @Test
  void everyTokenIsForWhoIsCalled() {
    Map<String, IssuerConfig.Client> clients = byId(issuer());
    for (Call call : calls()) {
      if (call.audience().isEmpty()) {
        continue;
      }
      Pod peer = behind(rendered.get("Service", call.peer().getHost().split("\\.")[0]));
      JsonNode accepted =
          Rendered.yaml(ConfigurationsTest.text(rendered, peer)).at("/oauth/audiences");
      assertThat(accepted.toString()).as("%s", call).contains("\"" + call.audience() + "\"");
      assertThat(clients.get(call.clientId()).audiences()).as("%s", call).contains(call.audience());
    }
  }

  @Test
  void theIssuerOfATrialGivesWhatThatOfTheDemoGives(@TempDir Path folder) {
    Duration any = Duration.ofSeconds(1);
    Layout.Terms terms = new Layout.Terms(any, any, any, any);
    Map<String, IssuerConfig.Client> demo =
        byId(new Deployment(folder, LoopbackLayout.wellKnown(terms)).issuer());
    Map<String, IssuerConfig.Client> trial = byId(issuer());
    assertThat(trial.keySet()).isEqualTo(demo.keySet());
    demo.forEach(
        (id, client) -> {
          assertThat(trial.get(id).scopes()).as(id).isEqualTo(client.scopes());
          assertThat(trial.get(id).audiences()).as(id).isEqualTo(client.audiences());
        });
  }

  @Test
  void networkPoliciesLetEveryCallThroughAndNoOther() {
    Policies policies = new Policies(rendered);
    List<String> wanted = new ArrayList<>();
    for (Call call : calls()) {
      Pod callee = behind(rendered.get("Service", call.peer().getHost().split("\\.")[0]));
      wanted.add(edge(call.caller(), callee, call.peer().getPort()));
      if (!isGate(call.caller()) && !isGate(callee)) {
        assertLet(policies, call.caller(), callee, call.peer().getPort());
      }
    }
    wanted.add("aipf -> aexf-agent:7750"); // where anchors are, the catalogue says
    Pod agent = rendered.pod("aexf-agent");
    assertLet(policies, rendered.pod("aipf"), agent, 7750);
    List<Pod> pods = rendered.pods().stream().filter(pod -> !isGate(pod)).toList();
    for (Pod caller : pods) {
      assertThat(policies.isolate(labels(caller), "Ingress")).as("%s", caller).isTrue();
      assertThat(policies.isolate(labels(caller), "Egress")).as("%s", caller).isTrue();
      for (Pod callee : pods) {
        for (JsonNode port : callee.container().path("ports")) {
          int number = port.path("containerPort").asInt();
          boolean all = callee.component().equals("issuer"); // everybody's
          boolean out = policies.letOut(labels(caller), labels(callee), number);
          boolean in = policies.letIn(labels(caller), labels(callee), number);
          if (!all && (out || in)) {
            assertThat(wanted).contains(edge(caller, callee, number));
          }
        }
      }
    }
  }

  private static void assertLet(Policies policies, Pod caller, Pod callee, int port) {
    String edge = edge(caller, callee, port);
    assertThat(policies.letOut(labels(caller), labels(callee), port)).as("out: %s", edge).isTrue();
    assertThat(policies.letIn(labels(caller), labels(callee), port)).as("in: %s", edge).isTrue();
  }

  private static String edge(Pod caller, Pod callee, int port) {
    return caller.component() + " -> " + callee.component() + ":" + port;
  }

  /** Its pod is the core's, of which the chart's policies say nothing. */
  private static boolean isGate(Pod pod) {
    return pod.component().equals("smf-adapter");
  }

  private static IssuerConfig issuer() {
    Pod pod = rendered.pod("issuer");
    return Configuration.parse(
        IssuerConfig.class,
        ConfigurationsTest.text(rendered, pod),
        pod.environment(),
        "AIPAGING_ISSUER");
  }

  private static Map<String, IssuerConfig.Client> byId(IssuerConfig issuer) {
    return new TreeMap<>(
        issuer.clients().stream()
            .collect(Collectors.toMap(IssuerConfig.Client::id, Function.identity())));
  }

  private static Map<String, String> labels(Pod pod) {
    Map<String, String> labels = new HashMap<>();
    pod.metadata()
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    if (isGate(pod)) {
      labels.put("app.kubernetes.io/name", "upf");
      labels.put("app.kubernetes.io/instance", "open5gs");
    }
    return labels;
  }

  /** The pod that a Service selects, first of those that serve. */
  private static Pod behind(JsonNode service) {
    for (Pod pod : rendered.pods()) {
      boolean all = true;
      for (var wanted : service.at("/spec/selector").properties()) {
        all &= wanted.getValue().asText().equals(labels(pod).get(wanted.getKey()));
      }
      if (all) {
        return pod;
      }
    }
    throw new AssertionError("nobody is behind " + Rendered.name(service));
  }
}
