package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.cli.deploy.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** One AIPF with its own store is killed again and again while a dozen consumers use it. */
class EmbeddedStoreIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingAcknowledgedIsLostAndNothingLeaks() throws Exception {
    Effort effort = Effort.of(6);
    Random random = new Random(effort.seed());
    Ledger ledger = new Ledger();
    try (Neighbours neighbours = Neighbours.start(folder, TERMS);
        Child aipf = neighbours.aipfChild(Map.of())) {
      Doors doors = neighbours.doors();
      Inspection inspection =
          new Inspection(neighbours, doors, ledger, random, TERMS.leaseTerm().plusSeconds(10));
      aipf.start();
      try (Load load = Load.start(doors, ledger, effort.seed())) {
        for (int kill = 0; kill < effort.kills() && ledger.faults().isEmpty(); kill++) {
          awaitMoment(ledger, random);
          aipf.kill();
          aipf.start();
          inspection.underLoad();
        }
        load.stop();
      }
      inspection.afterLoad();
    } finally {
      System.out.println(effort + ", " + ledger.counts());
    }
    assertThat(ledger.faults()).as(effort.toString()).isEmpty();
  }

  /** After some answers, and then in the midst of whatever comes next. */
  private static void awaitMoment(Ledger ledger, Random random) throws Exception {
    long answers = ledger.answers() + 20 + random.nextInt(100);
    Await.until(
        Inspection.PATIENCE,
        "answers",
        () -> ledger.answers() >= answers || !ledger.faults().isEmpty());
    LockSupport.parkNanos(random.nextLong(100_000_000));
  }
}
