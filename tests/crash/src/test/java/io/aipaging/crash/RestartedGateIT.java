package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The gate in user space is killed, and comes back while what it carried still has its lease. */
class RestartedGateIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whatLivesIsCarriedAgainByTheSameCommitAndWhatEndedIsNot() throws Exception {
    Effort effort = Effort.of(2);
    try (Neighbours neighbours = Neighbours.startWithoutGate(folder, TERMS);
        Child gate =
            new Child(
                folder, "smf-adapter", "gate", neighbours.deployment().smfAdapter(), Map.of())) {
      neighbours.keep(
          AipfMain.start(
              neighbours.deployment().aipf(Repository.catalog()),
              AipfWiring.remote().with(neighbours.deployment().catalogVariables())));
      gate.start();
      Doors doors = neighbours.doors();
      Session living = Pages.await(doors, "127.6.0.1");
      for (int kill = 0; kill < effort.kills(); kill++) {
        Session ended = Pages.await(doors, "127.6.1." + (kill % 250 + 1));
        doors.any().releaseSession(Neighbours.call(), new ReleaseSession(ended.sessionId()));
        gate.kill();
        assertThat(UeTraffic.served(living)).as("without the gate").isFalse();
        gate.start();
        Await.until(Inspection.PATIENCE, "service for who lives", () -> UeTraffic.served(living));
        expectOnly(neighbours, doors, living);
        assertThat(UeTraffic.served(ended)).isFalse();
      }
    }
  }

  /** By a COMMIT that is in its row, and nothing longer. */
  private static void expectOnly(Neighbours neighbours, Doors doors, Session living) {
    List<Held> held = neighbours.atGate();
    Session now = doors.find(Inspection.PATIENCE, living.sessionId()).orElseThrow();
    assertThat(held).extracting(Held::session).containsOnly(living.sessionId());
    assertThat(Held.faults(held, Map.of(living.sessionId(), now))).isEmpty();
  }
}
