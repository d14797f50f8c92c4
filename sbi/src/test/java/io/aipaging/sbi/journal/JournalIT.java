package io.aipaging.sbi.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal between processes, and after one of them was killed. */
@Timeout(120)
class JournalIT {
  @TempDir Path directory;

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Waits for that many acknowledgements, kills, and returns the last one that was seen. */
  private static int killedAfter(Process process, int acknowledgements) throws Exception {
    String last = "-1";
    try (BufferedReader said = process.inputReader()) {
      for (int i = 0; i < acknowledgements; i++) {
        last = said.readLine();
        assertThat(last).as("the other process went on").isNotNull();
      }
      process.destroyForcibly();
      String more = said.readLine();
      while (more != null && more.matches("\\d+")) {
        last = more;
        more = said.readLine();
      }
    } catch (IOException e) {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue(); // the pipe went with its writer
    }
    exit(process);
    return Integer.parseInt(last);
  }

  @Test
  void anotherProcessIsRefusedEvenAfterASecondAttemptInThisOne() throws Exception {
    Path file = directory.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      assertThatThrownBy(() -> Journal.open(file)).isInstanceOf(IllegalStateException.class);
      Process other = JournalProcess.start("open", file);
      assertThat(exit(other)).isEqualTo(JournalProcess.REFUSED);
      assertThat(new String(other.getInputStream().readAllBytes()))
          .contains("held by another process");
      journal.append(List.of("mine"));
    }
    assertThat(exit(JournalProcess.start("open", file))).isZero();
  }

  @Test
  void whatAKilledProcessHadAcknowledgedIsThereAndItsLockIsFree() throws Exception {
    Path file = directory.resolve("journal");
    long seed = 4_711L;
    Random random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      Process other = JournalProcess.start("append", file);
      int last = killedAfter(other, 20 + random.nextInt(60));
      try (Journal journal = Journal.open(file)) {
        List<String> lines = journal.recovered();
        assertThat(lines).as("seed %d, round %d", seed, round).hasSizeGreaterThan(last);
        for (int i = 0; i < lines.size(); i++) {
          assertThat(lines.get(i)).isEqualTo("line " + i);
        }
      }
    }
  }

  @Test
  void aProcessKilledWhileRewritingLeavesTheOldOrTheNewContent() throws Exception {
    Path file = directory.resolve("journal");
    long seed = 815L;
    Random random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      Process other = JournalProcess.start("rewrite", file);
      int last = killedAfter(other, 10 + random.nextInt(40));
      try (Journal journal = Journal.open(file)) {
        List<String> lines = journal.recovered();
        assertThat(lines.size()).isBetween(JournalProcess.KEPT, JournalProcess.KEPT + 1);
        int kept = Integer.parseInt(lines.getFirst().substring("round ".length()));
        assertThat(kept).as("seed %d, round %d", seed, round).isGreaterThanOrEqualTo(last);
        assertThat(lines.subList(0, JournalProcess.KEPT)).containsOnly("round " + kept);
        journal.rewrite(List.of());
      }
    }
  }
}
