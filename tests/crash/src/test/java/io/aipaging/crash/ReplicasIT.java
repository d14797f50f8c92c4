package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.cli.deploy.Layout;
import io.aipaging.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two AIPFs on one PostgreSQL are killed again and again, one or both, also while they start, and a
 * dozen consumers use them all the time; {@code -Dkills=100 -Dseed=7}.
 */
class ReplicasIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));
  private static final int KILLS = 2;
  private static final int KILLED_BOTH = 6;
  private static final int KILLED_STARTING = 5;

  /**
   * A lock is free when its connection is gone, and who is silent for 1.5 s is cut off; the rest is
   * for a machine that is busy with everything else.
   */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(10);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Effort effort = Effort.of(KILLS);
  private final Random random = new Random(effort.seed());
  private final Ledger ledger = new Ledger();
  private final List<Instant> kills = new ArrayList<>();
  private final List<Instant> alone = new ArrayList<>();
  private final Delays shards = new Delays("shards taken over");

  @Test
  void nothingAcknowledgedIsLostAndNothingLeaks() throws Exception {
    Needed.postgres();
    try (PostgresServer server = PostgresServer.start();
        Neighbours neighbours = Neighbours.start(folder, TERMS)) {
      String database = server.newDatabase();
      try (Replicas replicas = Replicas.on(neighbours, server.uri(database))) {
        replicas.start();
        Doors doors = replicas.doors();
        Inspection inspection =
            new Inspection(neighbours, doors, ledger, random, TERMS.leaseTerm().plusSeconds(10));
        try (Load load = Load.start(doors, ledger, effort.seed())) {
          while (kills.size() < effort.kills() && ledger.faults().isEmpty()) {
            ledger.awaitMoreAnswers(random);
            kill(replicas, new Shards(server, database), inspection);
          }
          load.stop();
        }
        inspection.afterLoad();
        expectKeysOfAll(replicas);
        replicas.get(0).kill();
        replicas.get(1).kill();
        judge(StoreFiles.read(replicas.config(), ledger));
      }
    } finally {
      System.out.println(effort + ", " + kills.size() + " kills, " + ledger.counts());
    }
    assertThat(ledger.faults()).as(effort.toString()).isEmpty();
  }

  private void kill(Replicas replicas, Shards held, Inspection inspection) throws Exception {
    held.awaitHolders(2);
    int victim = random.nextInt(2);
    Child child = replicas.get(victim);
    Child other = replicas.get(1 - victim);
    kills.add(Instant.now());
    child.kill();
    if (kills.size() > 1 && random.nextInt(KILLED_BOTH) == 0) {
      kills.add(Instant.now());
      other.kill();
      other.begin();
    } else {
      alone.add(kills.getLast());
      shards.add(held.awaitHolders(1));
      inspection.underLoad();
    }
    while (random.nextInt(KILLED_STARTING) == 0) {
      child.begin();
      LockSupport.parkNanos(random.nextLong(3_000_000_000L));
      kills.add(Instant.now());
      child.kill();
    }
    child.start();
    other.awaitReady();
    inspection.underLoad();
  }

  private static void expectKeysOfAll(Replicas replicas) throws Exception {
    for (int replica = 0; replica < Replicas.COUNT; replica++) {
      assertThat(replicas.publishedBy(replica))
          .as("keys after all restarts")
          .isEqualTo(replicas.keyIds())
          .hasSize(Replicas.COUNT);
    }
  }

  private void judge(Timeline timeline) {
    Delays work = new Delays("work went on");
    alone.forEach(kill -> timeline.at(kill).forEach(each -> work.add(each.after(kill))));
    Delays renewals = new Delays("renewed late");
    renewals.addAll(timeline.renewedLate(TERMS.leaseTerm()));
    System.out.println(timeline.steps(kills) + " were under way at kills");
    System.out.println(shards + "; " + work + "; " + renewals);
    assertThat(shards.longest()).isLessThan(TAKEN_OVER);
    assertThat(work.longest()).isLessThan(TAKEN_OVER);
  }
}
