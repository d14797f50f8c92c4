package io.aipaging.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aipaging.cli.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The functions run by the very files that the chart writes: each in a process and at a loopback
 * address of its own, by the names of its Services, with Secrets as README.md has them. Only what
 * needs a core, a UPF or a model is not there.
 */
class RenderedSetIT {
  /** Of this process, so that two runs on one machine do not meet. */
  private static final String NETWORK = "127.83." + ProcessHandle.current().pid() % 250 + ".";

  private static final Duration START_MAX = Duration.ofSeconds(90);
  private static final String VALUES =
      """
      aexfAgent: {enabled: true, aisis: ["urn:aisi:aipaging.example:embed-notes:standard:1"]}
      operator: {args: [session, page, --ue, 10.45.0.2, --task, EMBEDDING]}
      """;

  /** Components that run, and what {@code aipaging run} calls them. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          "issuer", "issuer",
          "aipf", "aipf",
          "nef-exposure", "nef",
          "pcf-adapter", "pcf-adapter",
          "aexf-agent", "agent");

  private static final Map<String, String> PREFIXES =
      Map.of(
          "issuer", "AIPAGING_ISSUER",
          "aipf", "AIPAGING_AIPF",
          "nef-exposure", "AIPAGING_NEF",
          "pcf-adapter", "AIPAGING_PCFADAPTER",
          "aexf-agent", "AIPAGING_AEXF");

  @TempDir private static Path folder;
  private static Rendered rendered;
  private static Mounted mounted;
  private static String javaOptions;
  private static final Map<String, String> ADDRESSES = new LinkedHashMap<>();
  private static final Map<String, ChildProcess> RUNNING = new LinkedHashMap<>();

  @BeforeAll
  static void startEveryFunction() throws Exception {
    rendered = Chart.copy().render(List.of("values-open5gs.yaml"), VALUES);
    mounted = new Mounted(rendered, folder);
    FUNCTIONS.keySet().forEach(one -> ADDRESSES.put(one, NETWORK + (ADDRESSES.size() + 2)));
    javaOptions = "-Djdk.net.hosts.file=" + hosts() + " -Dvertx.disableDnsResolver=true";
    for (String component : FUNCTIONS.keySet()) {
      RUNNING.put(component, start(component));
    }
    for (String component : FUNCTIONS.keySet()) {
      awaitReady(component);
    }
  }

  private static void awaitReady(String component) throws IOException {
    try {
      RUNNING.get(component).awaitReady(START_MAX);
    } catch (IllegalStateException e) {
      Path log = folder.resolve(component).resolve("etc/aipaging/config/config.log");
      throw new AssertionError(component + " does not start:\n" + Files.readString(log), e);
    }
  }

  @AfterAll
  static void endEveryFunction() {
    RUNNING.values().forEach(ChildProcess::close);
  }

  /** Every Service's name, at the address of the pod behind it. */
  private static Path hosts() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (JsonNode service : rendered.all("Service")) {
      String component = service.at("/spec/selector/app.kubernetes.io~1component").asText();
      lines
          .append(ADDRESSES.getOrDefault(component, NETWORK + 99))
          .append(' ')
          .append(Rendered.name(service))
          .append("." + Chart.NAMESPACE + ".svc\n");
    }
    return Files.writeString(folder.resolve("hosts"), lines.toString());
  }

  private static ChildProcess start(String component) throws IOException {
    Pod pod = rendered.pod(component);
    Path root = mounted.root(pod);
    Map<String, String> environment = new LinkedHashMap<>(pod.environment(mounted::secret));
    String address = ADDRESSES.get(component);
    for (String key : listeners(component)) {
      environment.put(PREFIXES.get(component) + "_" + key, address);
    }
    environment.put("JAVA_TOOL_OPTIONS", javaOptions);
    String config = Mounted.arguments(root, pod).getLast();
    return ChildProcess.start(List.of(), FUNCTIONS.get(component), Path.of(config), environment);
  }

  /** One machine is all the pods: each listens at its own address instead of at all. */
  private static List<String> listeners(String component) {
    return switch (component) {
      case "issuer" -> List.of("LISTENER_HOST");
      case "pcf-adapter" -> List.of("LISTENER_HOST", "MANAGEMENT_HOST", "CALLBACK_LISTENER_HOST");
      case "aexf-agent" -> List.of("LISTENER_HOST", "MANAGEMENT_HOST", "ANCHOR_GUARD_HOST");
      default -> List.of("LISTENER_HOST", "MANAGEMENT_HOST");
    };
  }

  /** Runs the command line as a pod of the operator would. */
  private static Ran operator(Pod pod) throws Exception {
    Path root = mounted.root(pod);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.aipaging.cli.AipagingMain");
    command.addAll(Mounted.arguments(root, pod));
    Path out = folder.resolve("operator.out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    Path problems = folder.resolve("operator.err");
    builder.redirectError(problems.toFile()).environment().put("JAVA_TOOL_OPTIONS", javaOptions);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(problems));
  }

  private record Ran(int exit, String out, String problems) {}

  @Test
  void theTestOfTheReleasePasses() throws Exception {
    Ran ran = operator(pod("Pod"));
    assertThat(ran.exit()).as("%s", ran).isZero();
    assertThat(new ObjectMapper().readTree(ran.out()).path("sessions").isArray()).isTrue();
  }

  @Test
  void aPageIsUnderstoodAndRefusedForWantOfAnAnchor() throws Exception {
    Ran ran = operator(pod("Job"));
    assertThat(ran.exit()).as("%s", ran).isEqualTo(3);
    assertThat(ran.problems()).contains("503 INSUFFICIENT_RESOURCES");
  }

  @Test
  void everyProbeThatTellsOfLifeIsAnswered() throws Exception {
    for (String component : FUNCTIONS.keySet()) {
      if (component.equals("issuer")) {
        continue; // its probe is a public key over TLS, which every other function asks for
      }
      JsonNode container = rendered.pod(component).container();
      JsonNode probe = container.at("/livenessProbe/httpGet");
      assertThat(status(component, container, probe)).as(component).isEqualTo(200);
    }
    JsonNode aipf = rendered.pod("aipf").container();
    assertThat(status("aipf", aipf, aipf.at("/readinessProbe/httpGet")))
        .as("no anchor is healthy")
        .isEqualTo(503);
  }

  private static int status(String component, JsonNode container, JsonNode probe) throws Exception {
    int port = 0;
    for (JsonNode one : container.path("ports")) {
      port = one.path("name").equals(probe.path("port")) ? one.path("containerPort").asInt() : port;
    }
    URI uri =
        URI.create("http://" + ADDRESSES.get(component) + ":" + port + probe.path("path").asText());
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static Pod pod(String kind) {
    return rendered.pods().stream()
        .filter(one -> one.owner().path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
