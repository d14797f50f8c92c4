package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.e2e.Aipaging.Result;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoIT {
  private static final Duration STORY_TIME = Duration.ofSeconds(180);
  private static final Duration END_TIME = Duration.ofSeconds(30);

  @TempDir Path state;

  @ParameterizedTest
  @ValueSource(strings = {"rel18-sim", "open5gs-sim", "free5gc-sim"})
  void theDemoEndsWithWhatItMeasuredAndLeavesNothing(String core) throws Exception {
    try (Aipaging demo = Aipaging.start(state, "demo", "--gateway", "--core", core, "--json");
        Traces traces = new Traces()) {
      demo.awaitWords("all functions serve");
      traces.note(demo.handle());
      Result result = demo.awaitEnd(STORY_TIME);

      assertThat(result.exitCode()).as(result.toString()).isZero();
      String last = result.out().strip().lines().toList().getLast();
      assertMeasured(Json.MAPPER.readTree(last));
      assertThat(Json.MAPPER.readTree(last).path("core").asText()).isEqualTo(core);
      String nfType = core.equals("rel18-sim") ? "CUSTOM_AIPF" : "AF";
      assertThat(result.out())
          .contains(
              "QoS binding at " + core + ": NRF (registered as " + nfType + ", " + nfType + ")");
      traces.assertGone(8);
      assertThat(runs()).as("files of a run that went well").isEmpty();
    }
  }

  private static void assertMeasured(JsonNode said) {
    assertThat(said.path("ok").asBoolean()).as(said.toString()).isTrue();
    assertThat(said.path("mode").asText()).isEqualTo("gateway");
    assertThat(said.path("pageMs").asDouble()).isPositive();
    assertThat(said.path("anchors").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(said.path("embeddingDims").asInt()).isEqualTo(384);
    assertThat(said.at("/relocation/requests").asInt()).isGreaterThan(40);
    assertThat(said.at("/relocation/failed").isInt()).isTrue();
    assertThat(said.at("/relocation/failed").asInt()).isZero();
    assertThat(said.at("/expiry/lastPacketRelativeMs").asDouble()).isNegative();
    assertThat(said.at("/expiry/packetsAfterExp").isInt()).isTrue();
    assertThat(said.at("/expiry/packetsAfterExp").asInt()).isZero();
    assertThat(said.at("/evidence/records").asInt()).isGreaterThan(5);
    assertThat(said.at("/evidence/verified").asBoolean()).isTrue();
    assertThat(said.has("error")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"SIGTERM while starting", "SIGINT in the middle"})
  void endedEarlyTheDemoLeavesNoProcessAndNoPortBehind(String how) throws Exception {
    try (Aipaging demo = Aipaging.start(state, "demo", "--gateway", "--json");
        Traces traces = new Traces()) {
      if (how.contains("middle")) {
        demo.awaitWords("(c)");
      } else {
        Await.until(END_TIME, "the first functions", () -> demo.handle().descendants().count() > 2);
      }
      traces.note(demo.handle());
      if (how.startsWith("SIGINT")) {
        demo.interrupt();
      } else {
        demo.terminate();
      }
      while (demo.handle().isAlive()) {
        traces.note(demo.handle()); // also what is started although the end has begun
        demo.handle().onExit().completeOnTimeout(demo.handle(), 20, TimeUnit.MILLISECONDS).join();
      }
      Result result = demo.awaitEnd(END_TIME);

      assertThat(result.exitCode()).isEqualTo(how.startsWith("SIGINT") ? 130 : 143);
      assertThat(result.out()).doesNotContain("\"ok\":true");
      traces.assertGone(3);
    }
  }

  private List<Path> runs() throws IOException {
    Path demo = state.resolve("demo");
    try (var files = Files.list(demo)) {
      return files.toList();
    }
  }

  /** Processes of a demo and the sockets they listen on, as far as they were seen. */
  private static final class Traces implements AutoCloseable {
    private final Set<ProcessHandle> processes = new HashSet<>();
    private final Set<String> listening = new HashSet<>();

    void note(ProcessHandle demo) throws IOException {
      List<ProcessHandle> alive = new ArrayList<>(demo.descendants().toList());
      Set<String> open = listeningNow();
      for (ProcessHandle process : alive) {
        processes.add(process);
        sockets(process).stream().filter(open::contains).forEach(listening::add);
      }
    }

    void assertGone(int processesMin) throws Exception {
      assertThat(processes).hasSizeGreaterThanOrEqualTo(processesMin);
      Await.until(
          END_TIME,
          "the end of " + processes,
          () -> processes.stream().noneMatch(ProcessHandle::isAlive));
      listening.retainAll(listeningNow());
      assertThat(listening).as("sockets that still listen").isEmpty();
    }

    /** What a failed test found is not left behind by the test. */
    @Override
    public void close() {
      processes.forEach(ProcessHandle::destroyForcibly);
    }

    /** Inodes of the sockets in state LISTEN of this network namespace. */
    private static Set<String> listeningNow() throws IOException {
      Set<String> inodes = new HashSet<>();
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] columns = line.strip().split(" +");
          if (columns[3].equals("0A")) {
            inodes.add(columns[9]);
          }
        }
      }
      return inodes;
    }

    private static Set<String> sockets(ProcessHandle process) {
      Set<String> inodes = new HashSet<>();
      try (var open = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
        for (Path descriptor : open) {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring(8, target.length() - 1));
          }
        }
      } catch (IOException e) {
        return inodes; // it ended meanwhile
      }
      return inodes;
    }
  }
}
