package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.cli.deploy.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The PostgreSQL primary of two AIPFs is killed under load and its synchronous standby promoted,
 * and both AIPFs are killed so that they find the next pair of servers; {@code -Dkills=20}.
 */
class PromotedStandbyIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));
  private static final int KILLS = 2;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final Effort effort = Effort.of(KILLS);
  private final Random random = new Random(effort.seed());
  private final Ledger ledger = new Ledger();
  private final List<Instant> kills = new ArrayList<>();

  @Test
  void nothingAcknowledgedIsLostWithThePrimary() throws Exception {
    Needed.postgres();
    try (Cluster cluster = Cluster.start();
        Neighbours neighbours = Neighbours.start(folder, TERMS);
        Replicas replicas = Replicas.on(neighbours, cluster.uri())) {
      replicas.start();
      Doors doors = replicas.doors();
      Inspection inspection =
          new Inspection(neighbours, doors, ledger, random, TERMS.leaseTerm().plusSeconds(10));
      try (Load load = Load.start(doors, ledger, effort.seed())) {
        while (kills.size() < effort.kills() && ledger.faults().isEmpty()) {
          ledger.awaitMoreAnswers(random);
          kills.add(Instant.now());
          cluster.failOver(random);
          ledger.awaitMoreAnswers(random);
          inspection.underLoad();
          if (kills.size() < effort.kills()) {
            cluster.renew();
            restart(replicas, cluster.uri());
          }
        }
        load.stop();
      }
      inspection.afterLoad();
      replicas.get(0).kill();
      replicas.get(1).kill();
      Timeline timeline = StoreFiles.read(replicas.config(), ledger);
      System.out.println(timeline.steps(kills) + " were under way when primaries were killed");
    } finally {
      System.out.println(effort + ", " + kills.size() + " primaries killed, " + ledger.counts());
    }
    assertThat(ledger.faults()).as(effort.toString()).isEmpty();
  }

  private static void restart(Replicas replicas, String uri) throws Exception {
    replicas.use(uri);
    for (int replica = 0; replica < Replicas.COUNT; replica++) {
      replicas.get(replica).kill();
      replicas.get(replica).start();
    }
  }
}
