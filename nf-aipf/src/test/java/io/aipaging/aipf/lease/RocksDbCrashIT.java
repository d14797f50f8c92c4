package io.aipaging.aipf.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.export.StoreCheck;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.SessionId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that are killed, run out of disk or out of memory: L1.3, L1.5. */
class RocksDbCrashIT {
  private static final RocksDbLimits LIMITS =
      new RocksDbLimits(1_000_000, Duration.ofDays(1), 8 << 20);
  private static final int KILLS = 10;
  private static final int WRITERS = 16;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  @TempDir Path folder;
  private final Map<SessionId, Long> acknowledged = new TreeMap<>();

  @Test // L1.5
  void nothingAcknowledgedIsLostHoweverOftenTheProcessIsKilled() throws Exception {
    long seed = Long.getLong("aipaging.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer = writer("kill-" + kill, "-Xmx128m", 100_000, StoredSessions.life().size());
      int before = acknowledged.size();
      try (BufferedReader lines = writer.inputReader()) {
        int killAfter = 1 + random.nextInt(3_000);
        for (int line = 0; line < killAfter; line++) {
          note(lines.readLine());
        }
        writer.toHandle().destroyForcibly(); // unlike the process, leaves what it said to be read
        lines.lines().forEach(this::note);
      }
      assertThat(writer.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
      requireAcknowledged("seed " + seed + " kill " + kill);
      assertThat(acknowledged.size())
          .as("seed %d kill %d", seed, kill)
          .isGreaterThanOrEqualTo(before);
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS);
    try (StoreDump dump = RocksDbStores.dump(store(), LIMITS)) {
      assertThat(StoreCheck.of(dump).shown()).as("seed %d", seed).isEmpty();
    }
  }

  /** The kernel refuses every byte beyond a file's limit, as a full disk does. */
  @Test
  void afterAWriteThatFailedNothingIsTakenAndNothingAcknowledgedIsLost() throws Exception {
    Process writer = writer("full", "-Xmx128m", 100_000, StoredSessions.life().size());
    List<String> endings = new ArrayList<>();
    try (BufferedReader lines = writer.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("ready")) {
          limitFiles(writer, 4 << 20);
        }
        note(line);
        if (line.startsWith("failed") || line.startsWith("refused") || line.equals("done")) {
          endings.add(line);
        }
      }
    }
    assertThat(writer.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(endings).hasSize(WRITERS + 2).contains("refused 1", "done");
    assertThat(endings.getFirst()).contains("takes no more until restarted");
    assertThat(acknowledged).isNotEmpty();
    requireAcknowledged("full");
  }

  /** 12,000 active sessions are 30 MB of rows and more as objects; the heap has 32 MB in all. */
  @Test
  void sessionsAreNotKeptInTheHeap() throws Exception {
    Process writer = writer("heap", "-Xmx32m", 750, 2);
    try (BufferedReader lines = writer.inputReader()) {
      lines.lines().forEach(this::note);
    }
    assertThat(writer.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(writer.exitValue()).isZero();
    assertThat(acknowledged).hasSize(WRITERS * 750);
  }

  private Path store() {
    return folder.resolve("store");
  }

  private Process writer(String run, String heap, int sessions, int moves) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            heap,
            "-cp",
            System.getProperty("java.class.path"),
            StoreWriter.class.getName(),
            store().toString(),
            run,
            Integer.toString(WRITERS),
            Integer.toString(sessions),
            Integer.toString(moves))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void limitFiles(Process process, int bytes) throws Exception {
    Process limit;
    try {
      limit =
          new ProcessBuilder("prlimit", "--fsize=" + bytes, "--pid=" + process.pid())
              .inheritIO()
              .start();
    } catch (IOException e) {
      process.destroyForcibly();
      Assumptions.abort("prlimit (util-linux) is not installed");
      return;
    }
    assertThat(limit.waitFor()).isZero();
  }

  private void note(String line) {
    if (line != null && line.startsWith("run-")) {
      String[] words = line.split(" ", 2);
      acknowledged.merge(new SessionId(words[0]), Long.parseLong(words[1]), Math::max);
    }
  }

  private void requireAcknowledged(String as) {
    try (RocksDbLeaseStore store = RocksDbStores.open(store(), LIMITS)) {
      acknowledged.forEach(
          (id, version) -> {
            Session session = store.find(id).orElseThrow(() -> new AssertionError(as + " " + id));
            assertThat(session.version()).as("%s %s", as, id).isGreaterThanOrEqualTo(version);
            List<String> evidence = store.evidence(id, 1, 1_000);
            assertThat(evidence).as("%s %s", as, id).hasSize((int) session.version());
            assertThat(EvidenceChain.verify(evidence))
                .as("%s %s", as, id)
                .isInstanceOf(EvidenceChain.Verdict.Verified.class);
          });
    }
  }
}
