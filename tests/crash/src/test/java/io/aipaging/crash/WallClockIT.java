package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * the wall clock of one process is wrong by an hour. No lease lasts longer than it was
 * granted by a right clock, and with the right time everything works again.
 */
class WallClockIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));
  private static final Duration WRONG = TERMS.leaseTerm().plusSeconds(5);
  private static final Duration STROBE = Duration.ofMillis(1_300);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @ParameterizedTest(name = "{0} h")
  @ValueSource(ints = {1, -1})
  void anAipfWithAWrongClockSteersNobodyPastTheTrueExpiry(int hours) throws Exception {
    Faketime clock = Faketime.in(folder);
    try (Neighbours neighbours = Neighbours.start(folder, TERMS);
        Child aipf = neighbours.aipfChild(clock.environment())) {
      aipf.start();
      Doors doors = neighbours.doors();
      Session session = Pages.await(doors, "127.4.0.1");
      clock.set(Duration.ofHours(hours));
      expectTrueExpiry(neighbours, doors, session);
      clock.set(Duration.ZERO);
      Pages.await(doors, "127.4.0.2");
    }
  }

  /** What was granted before is all there is, and it ends in time. */
  private static void expectTrueExpiry(Neighbours neighbours, Doors doors, Session session)
      throws Exception {
    LockSupport.parkNanos(STROBE.toNanos()); // it knows, and what it signed before has arrived
    Map<String, Held> granted = new HashMap<>();
    neighbours.held().forEach(held -> granted.put(held.id(), held));
    long end = System.nanoTime() + WRONG.toNanos();
    while (System.nanoTime() < end) {
      for (Held held : neighbours.held()) {
        Held before = granted.get(held.id());
        assertThat(before).as("granted by a wrong clock: %s", held).isNotNull();
        assertThat(held.until()).as("%s", held).isBefore(before.until().plusMillis(500));
      }
      expectHonestRefusal(doors);
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    assertThat(neighbours.held()).isEmpty();
    assertThat(UeTraffic.served(session)).isFalse();
  }

  private static void expectHonestRefusal(Doors doors) {
    try {
      Session paged = Pages.once(doors, "127.4.0.9");
      throw new AssertionError("paged by a wrong clock: " + paged);
    } catch (Refusal e) {
      assertThat(e.status()).as(e.detail()).isNotEqualTo(500);
    }
  }

  @Test
  void anAipfWhoseClockStrobesGrantsNobodyMoreThanOneTerm() throws Exception {
    Faketime clock = Faketime.in(folder);
    try (Neighbours neighbours = Neighbours.start(folder, TERMS);
        Child aipf = neighbours.aipfChild(clock.environment())) {
      aipf.start();
      Doors doors = neighbours.doors();
      Pages.await(doors, "127.4.1.1");
      long end = System.nanoTime() + WRONG.toNanos();
      for (int flash = 0; System.nanoTime() < end; flash++) {
        clock.set(Duration.ofHours(flash % 3 - 1));
        Instant asked = Instant.now();
        assertThat(neighbours.held())
            .allSatisfy(held -> assertThat(held.until()).isBefore(asked.plus(TERMS.leaseTerm())));
        LockSupport.parkNanos(STROBE.toNanos());
      }
      clock.set(Duration.ZERO);
      Pages.await(doors, "127.4.1.2");
    }
  }

  @ParameterizedTest(name = "{0} h")
  @ValueSource(ints = {1, -1})
  void aGateWithAWrongClockGrantsNothingAndStopsInTime(int hours) throws Exception {
    Faketime clock = Faketime.in(folder);
    try (Neighbours neighbours = Neighbours.startWithoutGate(folder, TERMS);
        Child gate =
            new Child(
                folder,
                "smf-adapter",
                "gate",
                neighbours.deployment().smfAdapter(),
                clock.environment())) {
      neighbours.keep(
          AipfMain.start(
              neighbours.deployment().aipf(Repository.catalog()),
              AipfWiring.remote().with(neighbours.deployment().catalogVariables())));
      gate.start();
      Doors doors = neighbours.doors();
      Session session = Pages.await(doors, "127.4.2.1");
      clock.set(Duration.ofHours(hours));
      LockSupport.parkNanos(STROBE.toNanos());
      expectStopInTime(session);
      expectHonestRefusal(doors);
      clock.set(Duration.ZERO);
      Pages.await(doors, "127.4.2.2");
    }
  }

  /** Served no longer than by the COMMIT the gate had when its clock went wrong. */
  private static void expectStopInTime(Session session) {
    Instant wrongSince = Instant.now();
    Instant lastServed = Instant.EPOCH;
    long end = System.nanoTime() + WRONG.toNanos();
    while (System.nanoTime() < end) {
      if (UeTraffic.served(session)) {
        lastServed = Instant.now();
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    assertThat(lastServed).isBefore(wrongSince.plus(TERMS.leaseTerm()));
    assertThat(UeTraffic.served(session)).isFalse();
  }
}
