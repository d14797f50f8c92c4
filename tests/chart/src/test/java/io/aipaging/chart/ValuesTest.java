package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each value that switches something, both ways. */
class ValuesTest {
  private static Chart chart;

  @BeforeAll
  static void copyChart() {
    chart = Chart.copy();
  }

  private static JsonNode config(Rendered rendered, String component) {
    return Rendered.yaml(ConfigurationsTest.text(rendered, rendered.pod(component)));
  }

  @ParameterizedTest
  @CsvSource({
    "aipf, Service, aipaging-aipf",
    "nefExposure, Service, aipaging-nef-exposure",
    "pcfAdapter, Service, aipaging-pcf-adapter"
  })
  void aFunctionThatIsOffIsNotThere(String value, String kind, String name) {
    String elsewhere =
        "aipf: {uri: 'https://aipf.x:1', extraEgress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}\n"
            + "pcfAdapter: {uri: 'https://pcf.x:1'}\n"
            + "networkPolicy: {aipf: [{ipBlock: {cidr: 10.0.0.0/8}}]}\n";
    assertThat(chart.render(elsewhere).find(kind, name)).isPresent();
    String off = elsewhere.replace(value + ": {", value + ": {enabled: false, ");
    off = off.equals(elsewhere) ? elsewhere + value + ": {enabled: false}\n" : off;
    Rendered without = chart.render(off);
    assertThat(without.find(kind, name)).isEmpty();
    assertThat(without.text()).doesNotContain("configMap: {name: " + name + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aipf: {replicas: 2}                           | aipf.store.kind postgresql
          {aipf: {store: {kind: postgresql}}, networkPolicy: {enabled: false}} | keys.signingSecret
          aipf: {gates: []}                             | aipf.gates must name a gate
          aipf: {enabled: false}                        | aipf.uri must be named
          pcfAdapter: {enabled: false}                  | pcfAdapter.uri must be named
          core: {nrf: {uris: []}}                       | core.nrf.uris or core.pcf.uri
          core: {scp: {enabled: true}}                  | core.scp.uri must be named
          devIssuer: {enabled: false}                   | oauth.issuer must be named
          smfAdapter: {placement: daemonset}            | smfAdapter.nodeSelector
          smfAdapter: {placement: sidecar}              | smfAdapter.upfSelector
          aexfAgent: {enabled: true}                    | aexfAgent.aisis must name
          tls: {certManager: {enabled: true}}           | issuerRef must be named
          oauth: {uri: "https://issuer.x"}              | networkPolicy.issuer must name
          {tls: {enabled: false}, oauth: {uri: "https://issuer.x"}, networkPolicy: {enabled: false}} | oauth.caSecret must be named
          {keys: {signingSecret: s}, aipf: {store: {kind: postgresql}}} | networkPolicy.store must name
          {smfAdapter: {placement: daemonset, nodeSelector: {a: b}}} | networkPolicy.gates must name
          {pcfAdapter: {enabled: false, uri: "https://pcf-adapter.x:7730"}} | aipf.extraEgress must let
          {aexfAgent: {enabled: true, aisis: ["urn:aisi:x:y:z:1"], model: {host: model}}} | aexfAgent.extraEgress must let
          core: {nrf: {uris: ["https://nrf.x:443"]}}     | core.tlsSecret must be named
          {smfAdapter: {placement: sidecar, upfSelector: {a: b}, corePath: {enabled: true}}} | routeProfile
          """)
  void whatCannotWorkIsRefusedInWords(String values, String words) {
    assertThatThrownBy(() -> chart.render(values)).hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          open5gs | ''   | ''  | http://open5gs-nrf-sbi:7777
          open5gs | lab  | ''  | http://lab-nrf-sbi:7777
          open5gs | lab  | ran | http://lab-nrf-sbi.ran.svc:7777
          free5gc | lab  | ''  | http://nrf-nnrf:8000
          free5gc | lab  | ran | http://nrf-nnrf.ran.svc:8000
          """)
  void theNrfIsWhereTheCoresChartPutsIt(
      String flavour, String release, String namespace, String uri) {
    Rendered rendered =
        chart.render(
            "core: {nrf: {uris: []}, flavour: %s, release: '%s', namespace: '%s'}"
                .formatted(flavour, release, namespace));
    JsonNode adapter = config(rendered, "pcf-adapter");
    assertThat(adapter.at("/nrf/uris/0").asText()).isEqualTo(uri);
    assertThat(adapter.path("core").asText()).isEqualTo(flavour);
    assertThat(config(rendered, "aipf").at("/nrf/uris/0").asText()).isEqualTo(uri);
    if (!namespace.isEmpty()) {
      assertThat(rendered.get("NetworkPolicy", "aipaging-pcf-adapter").toString())
          .contains("\"kubernetes.io/metadata.name\":\"ran\"");
    }
  }

  @Test
  void theScpIsThatOfTheCore() {
    Rendered rendered =
        chart.render("core: {nrf: {uris: []}, flavour: open5gs, scp: {enabled: true}}");
    assertThat(config(rendered, "pcf-adapter").at("/nrf/scp").asText())
        .isEqualTo("http://open5gs-scp-sbi:7777");
  }

  @Test
  void onePcfOfFree5gcIsSpokenWithOverHttp1() {
    String values = "core: {nrf: {uris: []}, pcf: {uri: 'http://pcf:8000'}, flavour: %s}";
    JsonNode free5gc = config(chart.render(values.formatted("free5gc")), "pcf-adapter");
    JsonNode custom = config(chart.render(values.formatted("custom")), "pcf-adapter");
    assertThat(free5gc.at("/pcf/client/http2").asBoolean(true)).isFalse();
    assertThat(custom.at("/pcf/client/http2").asBoolean()).isTrue();
    assertThat(custom.has("nrf")).isFalse();
  }

  @Test
  void aStoreInFilesIsAVolumeAndAPostgresqlStoreNone() {
    Rendered files = chart.render("aipf: {store: {size: 3Gi, storageClass: fast}}");
    JsonNode claim = files.get("StatefulSet", "aipaging-aipf").at("/spec/volumeClaimTemplates/0");
    assertThat(claim.at("/spec/resources/requests/storage").asText()).isEqualTo("3Gi");
    assertThat(claim.at("/spec/storageClassName").asText()).isEqualTo("fast");
    Rendered database =
        chart.render(List.of("values-open5gs.yaml", "values-ha.yaml"), "aipf: {replicas: 4}");
    JsonNode set = database.get("Deployment", "aipaging-aipf");
    assertThat(set.at("/spec/replicas").asInt()).isEqualTo(4);
    assertThat(database.find("StatefulSet", "aipaging-aipf")).isEmpty();
    assertThat(config(database, "aipf").at("/store/uri-file").asText())
        .isEqualTo("/etc/aipaging/store/uri");
  }

  @Test
  void anAutoscalerDecidesReplicasAlone() {
    Rendered rendered = chart.render("nefExposure: {autoscaling: {enabled: true, max: 9}}");
    JsonNode scaler = rendered.get("HorizontalPodAutoscaler", "aipaging-nef-exposure");
    assertThat(scaler.at("/spec/maxReplicas").asInt()).isEqualTo(9);
    assertThat(rendered.get("Deployment", "aipaging-nef-exposure").path("spec").has("replicas"))
        .isFalse();
    assertThat(chart.render("{}").all("HorizontalPodAutoscaler")).isEmpty();
  }

  /**
   * Where no anchor is healthy all AIPFs are unready: nodes drain and versions roll all the same.
   */
  @Test
  void replicasThatAreAllUnreadyBlockNothing() {
    String values = "nefExposure: {replicas: 2}";
    String field = "/spec/unhealthyPodEvictionPolicy";
    assertThat(chart.render(values).all("PodDisruptionBudget").getFirst().at(field).asText())
        .isEqualTo("AlwaysAllow");
    assertThat(
            chart
                .on("1.26.0")
                .render(values)
                .all("PodDisruptionBudget")
                .getFirst()
                .at(field)
                .isMissingNode())
        .isTrue();
    JsonNode aipf =
        chart
            .render(List.of("values-open5gs.yaml", "values-ha.yaml"), "{}")
            .get("Deployment", "aipaging-aipf");
    assertThat(aipf.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt()).isEqualTo(1);
  }

  @Test
  void whoOnlyOnePodAnswersForIsReachedAlsoWhileItIsNotReady() {
    Rendered rendered = chart.render("{}");
    assertThat(
            rendered
                .get("Service", "aipaging-pcf-adapter")
                .at("/spec/publishNotReadyAddresses")
                .asBoolean())
        .isTrue();
    assertThat(
            rendered
                .get("Service", "aipaging-nef-exposure")
                .at("/spec/publishNotReadyAddresses")
                .isMissingNode())
        .isTrue();
  }

  @Test
  void disruptionsAreBoundedWhereThereAreSeveral() {
    Rendered several = chart.render("nefExposure: {replicas: 2}");
    assertThat(several.all("PodDisruptionBudget")).hasSize(1);
    assertThat(several.pod("nef-exposure").spec().has("topologySpreadConstraints")).isTrue();
    assertThat(several.pod("pcf-adapter").spec().has("topologySpreadConstraints")).isFalse();
    assertThat(chart.render("{}").all("PodDisruptionBudget")).isEmpty();
    String off =
        "{nefExposure: {replicas: 2}, podDisruptionBudget: {enabled: false},"
            + " topologySpread: {enabled: false}}";
    assertThat(chart.render(off).all("PodDisruptionBudget")).isEmpty();
    assertThat(chart.render(off).pod("nef-exposure").spec().has("topologySpreadConstraints"))
        .isFalse();
  }

  @Test
  void withoutTlsNothingIsEncryptedAndNothingMounted() {
    Rendered plain = chart.render(List.of(), Scenarios.PLAIN);
    assertThat(plain.text()).doesNotContain("/etc/aipaging/tls");
    assertThat(config(plain, "aipf").at("/qos-binding/client/base-uri").asText())
        .startsWith("http://");
    assertThat(plain.all("Certificate")).isEmpty();
    assertThat(plain.all("NetworkPolicy")).isEmpty();
  }

  @Test
  void imagesAreNamedByRegistryTagAndDigest() {
    String digest = "sha256:" + "0a".repeat(32);
    Rendered rendered =
        chart.render(
            "image: {registry: registry.example.org, tag: '1.2', pullSecrets: [{name: pull}]}\n"
                + "nefExposure: {image: {digest: '"
                + digest
                + "'}}");
    assertThat(rendered.pod("aipf").container().path("image").asText())
        .isEqualTo("registry.example.org/aipaging/nf-aipf:1.2");
    assertThat(rendered.pod("nef-exposure").container().path("image").asText())
        .isEqualTo("registry.example.org/aipaging/nf-nef-exposure@" + digest);
    assertThat(rendered.pod("aipf").spec().at("/imagePullSecrets/0/name").asText())
        .isEqualTo("pull");
  }

  @Test
  void whatIsSetForAPodArrivesThere() {
    Pod pod =
        chart
            .render(
                """
                pcfAdapter:
                  nodeSelector: {disk: fast}
                  tolerations: [{operator: Exists}]
                  affinity: {podAntiAffinity: {}}
                  priorityClassName: core
                  podAnnotations: {a: b}
                  resources: {requests: {cpu: 7m}}
                  extraEnv: [{name: X, value: seven}]
                  extraVolumes: [{name: more, emptyDir: {}}]
                  extraVolumeMounts: [{name: more, mountPath: /more}]
                  service: {type: NodePort, annotations: {c: d}}
                terminationGracePeriodSeconds: 77
                logLevel: DEBUG
                """)
            .pod("pcf-adapter");
    assertThat(pod.spec().at("/nodeSelector/disk").asText()).isEqualTo("fast");
    assertThat(pod.spec().at("/tolerations/0/operator").asText()).isEqualTo("Exists");
    assertThat(pod.spec().at("/affinity").has("podAntiAffinity")).isTrue();
    assertThat(pod.spec().path("priorityClassName").asText()).isEqualTo("core");
    assertThat(pod.spec().path("terminationGracePeriodSeconds").asInt()).isEqualTo(77);
    assertThat(pod.metadata().at("/annotations/a").asText()).isEqualTo("b");
    assertThat(pod.container().at("/resources/requests/cpu").asText()).isEqualTo("7m");
    assertThat(pod.environment())
        .containsEntry("X", "seven")
        .containsEntry("AIPAGING_LOG", "DEBUG");
    assertThat(pod.writable()).contains("/more/");
  }

  @Test
  void aPodIsMadeAnewWhenWhatItReadsChanges() {
    String before = checksum(chart.render("{}"));
    assertThat(checksum(chart.render("{}"))).isEqualTo(before);
    assertThat(checksum(chart.render("lease: {term: 20s}"))).isNotEqualTo(before);
    assertThat(checksum(chart.render("catalog: {content: 'currency: EUR'}"))).isNotEqualTo(before);
  }

  private static String checksum(Rendered rendered) {
    return rendered.pod("aipf").metadata().at("/annotations/checksum~1config").asText();
  }

  @Test
  void keysOfAFunctionAreLaidOverWhatTheChartWrites() {
    JsonNode aipf =
        config(
            chart.render("aipf: {config: {lease: {hold-ttl: 3s}, limits: {sessions-max: 5}}}"),
            "aipf");
    assertThat(aipf.at("/lease/hold-ttl").asText()).isEqualTo("3s");
    assertThat(aipf.at("/lease/term").asText()).isEqualTo("30s");
    assertThat(aipf.at("/limits/sessions-max").asInt()).isEqualTo(5);
  }

  @Test
  void aCatalogueOfOnesOwnReplacesTheExample() {
    Rendered inline = chart.render("catalog: {content: \"currency: EUR\\n\", env: {AIP_X: 5}}");
    assertThat(inline.data("aipaging-catalog", "catalog.yaml")).isEqualTo("currency: EUR\n");
    assertThat(inline.pod("aipf").environment()).containsEntry("AIP_X", "5");
    Rendered existing = chart.render("catalog: {existingConfigMap: mine}");
    assertThat(existing.find("ConfigMap", "aipaging-catalog")).isEmpty();
    assertThat(existing.pod("aipf").spec().path("volumes").toString())
        .contains("\"configMap\":{\"name\":\"mine\"}");
  }

  @Test
  void extraObjectsAreTemplates() {
    Rendered rendered =
        chart.render(
            "extraObjects: [{apiVersion: v1, kind: Secret, metadata:"
                + " {name: '{{ .Release.Name }}-x'}}]");
    assertThat(rendered.find("Secret", "aipaging-x")).isPresent();
  }

  @Test
  void namesFollowTheRelease() {
    Rendered other = chart.render(List.of("least.yaml"), "{}", "north", "edge");
    assertThat(other.find("StatefulSet", "north-aipaging-aipf")).isPresent();
    assertThat(config(other, "aipf").at("/qos-binding/client/base-uri").asText())
        .isEqualTo("https://north-aipaging-pcf-adapter.edge.svc:7730");
    Rendered full = chart.render("fullnameOverride: x\nnameOverride: paging");
    JsonNode set = full.get("StatefulSet", "x-aipf");
    assertThat(set.at("/metadata/labels/app.kubernetes.io~1name").asText()).isEqualTo("paging");
  }
}
