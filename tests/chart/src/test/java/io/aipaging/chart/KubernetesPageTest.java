package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.cli.AipagingMain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code docs/deploy/kubernetes.md} tells people to type. */
class KubernetesPageTest {
  private static final String FOLDER = "helm/aipaging/";
  private static final Page PAGE = Page.of("docs/deploy/kubernetes.md");
  private static Chart chart;

  @BeforeAll
  static void copyChart() throws IOException {
    chart = Chart.copy();
    chart.write("trial.yaml", PAGE.file("trial.yaml"));
  }

  /** Renders what a command of Helm would, with its very arguments. */
  private static Rendered run(List<String> command) {
    List<String> profiles = new ArrayList<>();
    StringBuilder values = new StringBuilder();
    List<String> places = new ArrayList<>();
    String namespace = "default";
    for (int i = 2; i < command.size(); i++) {
      switch (command.get(i)) {
        case "-f" -> profiles.add(command.get(++i).replace(FOLDER, ""));
        case "--namespace", "-n" -> namespace = command.get(++i);
        case "--set-json" -> values.append(asYaml(command.get(++i)));
        case "--show-only" -> assertThat(Chart.source().resolve(command.get(++i))).exists();
        default -> places.add(command.get(i));
      }
    }
    assertThat(places).as("%s", command).hasSize(2);
    assertThat(places.get(1) + "/").isEqualTo(FOLDER);
    return chart.render(
        profiles, values.isEmpty() ? "{}" : values.toString(), places.get(0), namespace);
  }

  private static String asYaml(String assignment) {
    int equals = assignment.indexOf('=');
    String[] keys = assignment.substring(0, equals).split("\\.");
    return "{"
        + String.join(": {", keys)
        + ": "
        + assignment.substring(equals + 1)
        + "}".repeat(keys.length)
        + "\n";
  }

  private static Rendered install() {
    return run(helm("install").getFirst());
  }

  private static List<List<String>> helm(String verb) {
    List<List<String>> found =
        PAGE.commands("helm").stream().filter(words -> words.get(1).equals(verb)).toList();
    assertThat(found).as("helm %s", verb).isNotEmpty();
    return found;
  }

  private static List<List<String>> kubectl(String... verbs) {
    List<List<String>> found =
        PAGE.commands("kubectl").stream()
            .filter(words -> words.subList(3, words.size()).containsAll(List.of(verbs)))
            .toList();
    assertThat(found).as("kubectl %s", List.of(verbs)).isNotEmpty();
    return found;
  }

  @Test
  void everyHelmCommandRenders() {
    for (String verb : List.of("install", "upgrade", "template")) {
      for (List<String> command : helm(verb)) {
        assertThat(run(command).pods()).as("%s", command).isNotEmpty();
      }
    }
    assertThat(helm("test").getFirst()).contains(Chart.RELEASE, Chart.NAMESPACE);
  }

  @Test
  void theSecretsOfThePageAreThoseThatPodsWant() {
    TreeMap<String, Set<String>> made = new TreeMap<>();
    for (List<String> command : kubectl("create", "secret", "generic")) {
      Set<String> keys = new TreeSet<>();
      for (String word : command) {
        if (word.startsWith("--from-")) {
          keys.add(word.split("=")[1]);
        }
      }
      made.put(command.get(command.indexOf("generic") + 1), keys);
    }
    List<Rendered> all = new ArrayList<>(List.of(install()));
    helm("upgrade").forEach(command -> all.add(run(command)));
    for (Rendered rendered : all) {
      Set<String> issued = new TreeSet<>();
      rendered.all("Certificate").forEach(one -> issued.add(one.at("/spec/secretName").asText()));
      for (Pod pod : rendered.pods()) {
        for (JsonNode secret : pod.spec().findValues("secret")) {
          String name = secret.path("secretName").asText();
          if (issued.contains(name)) {
            continue;
          }
          assertThat(made).as("of %s", pod).containsKey(name);
          for (JsonNode item : secret.path("items")) {
            assertThat(made.get(name)).as("%s", name).contains(item.path("key").asText());
          }
        }
        for (JsonNode key : pod.spec().findValues("secretKeyRef")) {
          assertThat(made.get(key.path("name").asText())).contains(key.path("key").asText());
        }
      }
    }
  }

  @Test
  void whatKubectlNamesIsThere() {
    Rendered rendered = install();
    List<String> get = kubectl("get", "configmap").getFirst();
    JsonNode recipe = rendered.get("ConfigMap", get.get(get.indexOf("configmap") + 1));
    assertThat(recipe.path("data").path("patch.yaml").asText()).contains("NET_ADMIN");
    assertThat(get).contains("jsonpath={.data.patch\\.yaml}");
    for (List<String> wait : kubectl("rollout", "status")) {
      String[] what = wait.getLast().split("/");
      assertThat(what[0]).isEqualTo("statefulset");
      assertThat(rendered.find("StatefulSet", what[1])).as("%s", wait).isPresent();
    }
    JsonNode upf = rendered.get("Service", "aipaging-smf-adapter").at("/spec/selector");
    List<String> pod = kubectl("get", "pod").getFirst();
    for (String label : pod.get(pod.indexOf("-l") + 1).split(",")) {
      assertThat(upf.path(label.split("=")[0]).asText()).isEqualTo(label.split("=")[1]);
    }
    String selector = kubectl("logs").getFirst().getLast();
    JsonNode labels = run(helm("template").getFirst()).pod("operator").metadata().path("labels");
    for (String label : selector.split(",")) {
      String[] pair = label.split("=");
      assertThat(labels.path(pair[0]).asText()).isEqualTo(pair[1]);
    }
  }

  @Test
  void theCatalogueLeadsToTheAnchorOfTheRelease() {
    Rendered rendered = install();
    var environment = rendered.pod("aipf").environment();
    String admission = environment.get("AIPAGING_ANCHOR_A_ADMISSION_URI");
    JsonNode agent = rendered.get("Service", "aipaging-aexf-agent");
    assertThat(admission)
        .isEqualTo(
            "https://%s.core.svc:%d"
                .formatted(Rendered.name(agent), agent.at("/spec/ports/0/port").asInt()));
    JsonNode guard = rendered.get("Service", "aipaging-aexf-agent-guard").path("spec");
    assertThat(environment.get("AIPAGING_ANCHOR_A_ENDPOINT"))
        .isEqualTo(guard.path("loadBalancerIP").asText() + ":" + guard.at("/ports/0/port").asInt());
    assertThat(guard.path("externalTrafficPolicy").asText()).isEqualTo("Local");
    JsonNode gate = Rendered.yaml(ConfigurationsTest.text(rendered, rendered.pod("smf-adapter")));
    assertThat(gate.at("/nftables/services/0/address").asText())
        .isEqualTo(environment.get("AIPAGING_EMBED_NOTES_ADDRESS"));
    assertThat(gate.at("/nftables/dnat-anchors/0").asText())
        .isEqualTo(guard.path("loadBalancerIP").asText() + "/32");
  }

  @Test
  void theAnchorIsToldItsGate() {
    Rendered upgraded = run(helm("upgrade").getFirst());
    JsonNode agent = Rendered.yaml(ConfigurationsTest.text(upgraded, upgraded.pod("aexf-agent")));
    assertThat(agent.at("/anchor/guard/gateways").toString()).isEqualTo("[\"10.244.1.7\"]");
  }

  @Test
  void theAuthorityIsOneOfCertManager() {
    KubernetesSchemas schemas = KubernetesSchemas.of("1.37.0");
    List<JsonNode> objects = Rendered.documents(PAGE.file("authority.yaml"));
    assertThat(objects).hasSize(3);
    for (JsonNode object : objects) {
      assertThat(schemas.violations(object)).as("%s", Rendered.name(object)).isEmpty();
    }
    JsonNode wanted = install().all("Certificate").getFirst().at("/spec/issuerRef");
    assertThat(objects.getLast().path("kind")).isEqualTo(wanted.path("kind"));
    assertThat(Rendered.name(objects.getLast())).isEqualTo(wanted.path("name").asText());
  }

  @Test
  void theCommandLineKnowsWhatItsPodsAreToldToDo() throws Exception {
    Rendered rendered = run(helm("template").getFirst());
    int pods = 0;
    for (Pod pod : rendered.pods()) {
      if (List.of("operator", "issuer").contains(pod.component())) {
        pods++;
        String[] arguments =
            new ObjectMapper().convertValue(pod.container().path("args"), String[].class);
        CommandLine.ParseResult parsed = new CommandLine(new AipagingMain()).parseArgs(arguments);
        assertThat(parsed.hasSubcommand()).isTrue();
      }
    }
    assertThat(pods).isEqualTo(3);
  }

  @Test
  void theNotesSayTheSameCommands() {
    String notes = install().data("notes", "notes");
    assertThat(notes)
        .contains("get configmap aipaging-smf-adapter-sidecar")
        .contains("helm -n core test aipaging")
        .contains("--show-only templates/operator-job.yaml")
        .contains("devIssuer is for a trial")
        .contains("networkPolicy.apps names who may");
    assertThat(chart.render("{}").data("notes", "notes")).contains("No gate is part of");
  }
}
