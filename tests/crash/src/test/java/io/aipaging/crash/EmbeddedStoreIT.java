package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.cli.deploy.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One AIPF with a store of its own is killed again and again, also while it starts, and a dozen
 * consumers use it all the time; {@code -Dkills=100 -Dseed=7}.
 */
class EmbeddedStoreIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));
  private static final int KILLS = 4;
  private static final int KILLED_STARTING = 5;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Effort effort = Effort.of(KILLS);
  private final Random random = new Random(effort.seed());
  private final Ledger ledger = new Ledger();
  private final List<Instant> kills = new ArrayList<>();

  @Test
  void nothingAcknowledgedIsLostAndNothingLeaks() throws Exception {
    try (Neighbours neighbours = Neighbours.start(folder, TERMS);
        Child aipf = neighbours.aipfChild(Map.of())) {
      Doors doors = neighbours.doors();
      Inspection inspection =
          new Inspection(neighbours, doors, ledger, random, TERMS.leaseTerm().plusSeconds(10));
      aipf.start();
      try (Load load = Load.start(doors, ledger, effort.seed())) {
        while (kills.size() < effort.kills() && ledger.faults().isEmpty()) {
          ledger.awaitMoreAnswers(random);
          kill(aipf);
          inspection.underLoad();
        }
        load.stop();
      }
      inspection.afterLoad();
      kill(aipf);
      aipf.kill();
      AipfConfig config = neighbours.deployment().aipf(Repository.catalog());
      System.out.println(StoreFiles.read(config, ledger).steps(kills) + " were under way at kills");
    } finally {
      System.out.println(effort + ", " + kills.size() + " kills, " + ledger.counts());
    }
    assertThat(ledger.faults()).as(effort.toString()).isEmpty();
  }

  private void kill(Child aipf) throws Exception {
    kills.add(Instant.now());
    aipf.kill();
    while (kills.size() < effort.kills() && random.nextInt(KILLED_STARTING) == 0) {
      aipf.begin();
      LockSupport.parkNanos(random.nextLong(3_000_000_000L));
      kills.add(Instant.now());
      aipf.kill();
    }
    aipf.start();
  }
}
