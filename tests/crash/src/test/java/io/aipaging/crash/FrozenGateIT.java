package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.paging.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The gate in user space is stopped past the end of its leases, {@code -Dfrozen=30} s. */
class FrozenGateIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void whatWaitedAtTheGateIsNotPassedOnAfterTheLeaseAndNothingIsGrantedAgain() throws Exception {
    Duration stopped = Duration.ofSeconds(Integer.getInteger("frozen", 9));
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
      Session session = Pages.await(doors, "127.3.0.1");
      try (UeTraffic kept = UeTraffic.connect(session);
          UeTraffic asking = UeTraffic.connect(session)) {
        assertThat(kept.request()).isEqualTo(200);
        assertThat(asking.request()).isEqualTo(200);
        long end = System.nanoTime() + stopped.toNanos();
        gate.freeze();
        long reached;
        try {
          asking.send(); // waits in the gate's own socket
          Await.until(
              Inspection.PATIENCE,
              "the end of a session whose gate is silent",
              () -> !Told.live(now(doors, session)) && System.nanoTime() > end);
          reached = neighbours.reachedModels();
        } finally {
          gate.thaw();
        }
        expectNothingPassed(asking, kept);
        expectNothingGranted(neighbours, session);
        assertThat(neighbours.reachedModels()).as("requests passed on").isEqualTo(reached);
      }
      Await.until(Inspection.PATIENCE, "an honest end", () -> Told.terminal(now(doors, session)));
      assertThat(now(doors, session).endReason()).isIn("NETWORK_TERMINATED", "EXPIRED");
      assertThat(UeTraffic.served(Pages.await(doors, "127.3.0.1"))).isTrue();
    }
  }

  private static Session now(Doors doors, Session session) {
    return doors.find(Inspection.PATIENCE, session.sessionId()).orElseThrow();
  }

  private static void expectNothingPassed(UeTraffic... connections) throws IOException {
    for (UeTraffic connection : connections) {
      int status;
      try {
        status = connection.status();
      } catch (java.net.SocketTimeoutException e) {
        throw new AssertionError("the connection was not ended", e);
      } catch (IOException ended) {
        continue;
      }
      throw new AssertionError("answered " + status + " after the lease's end");
    }
  }

  private static void expectNothingGranted(Neighbours neighbours, Session session) {
    long end = System.nanoTime() + TERMS.leaseTerm().toNanos();
    while (System.nanoTime() < end) {
      assertThat(neighbours.atGate()).as("granted by the gate that woke").isEmpty();
      assertThat(UeTraffic.served(session)).isFalse();
      LockSupport.parkNanos(50_000_000);
    }
  }
}
