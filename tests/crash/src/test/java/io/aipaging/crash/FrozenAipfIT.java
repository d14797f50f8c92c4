package io.aipaging.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.cli.deploy.Layout;
import io.aipaging.openapi.paging.Session;
import io.aipaging.protocol.EvidenceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** the AIPF is stopped for longer than a lease lasts, {@code -Dfrozen=30} s. */
class FrozenAipfIT {
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  /** What was sent before the stop has arrived by then. */
  private static final Duration IN_FLIGHT = Duration.ofSeconds(1);

  private static final Duration AFTERWARDS = TERMS.leaseTerm().plusSeconds(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void steeringEndsWithTheLeaseAndNothingIsExtendedByTheOneThatWakes() throws Exception {
    Effort effort = Effort.of(1);
    Random random = new Random(effort.seed());
    Duration stopped = Duration.ofSeconds(Integer.getInteger("frozen", 8));
    try (Neighbours neighbours = Neighbours.start(folder, TERMS);
        Child aipf = neighbours.aipfChild(Map.of())) {
      aipf.start();
      Doors doors = neighbours.doors();
      for (int round = 0; round < effort.kills(); round++) {
        List<Session> sessions = page(doors, round);
        LockSupport.parkNanos(random.nextLong(TERMS.leaseTerm().toNanos())); // any phase
        aipf.freeze();
        try {
          expectSilenceAfterExpiry(neighbours, sessions, stopped);
        } finally {
          aipf.thaw();
        }
        expectNothingExtended(neighbours, doors, sessions);
      }
      System.out.println(effort + ", " + effort.kills() + " stops of " + stopped);
    }
  }

  private static List<Session> page(Doors doors, int round) throws Exception {
    List<Session> sessions = new ArrayList<>();
    for (int ue = 1; ue <= 4; ue++) {
      sessions.add(Pages.await(doors, "127.2." + round + "." + ue));
    }
    return sessions;
  }

  /** Every lease ends at its time, and its traffic before that. */
  private static void expectSilenceAfterExpiry(
      Neighbours neighbours, List<Session> sessions, Duration stopped) throws Exception {
    long end = System.nanoTime() + stopped.toNanos();
    LockSupport.parkNanos(IN_FLIGHT.toNanos());
    Map<String, Held> last = new HashMap<>();
    neighbours.held().forEach(held -> last.put(held.id(), held));
    Set<String> ended = new HashSet<>();
    while (System.nanoTime() < end) {
      for (Held held : neighbours.held()) {
        Held before = last.get(held.id());
        assertThat(before).as("granted while the AIPF was stopped: %s", held).isNotNull();
        assertThat(held.gen()).as("renewed while the AIPF was stopped").isEqualTo(before.gen());
        assertThat(Instant.now()).as("%s", held).isBefore(before.until().plus(IN_FLIGHT));
      }
      for (Session session : sessions) {
        boolean served = UeTraffic.served(session);
        if (!served) {
          ended.add(session.sessionId());
        }
        assertThat(served && ended.contains(session.sessionId()))
            .as("%s is served again", session.ueAddress())
            .isFalse();
      }
    }
    assertThat(neighbours.held()).as("after %s", stopped).isEmpty();
    assertThat(ended).hasSameSizeAs(sessions);
  }

  private static void expectNothingExtended(
      Neighbours neighbours, Doors doors, List<Session> sessions) throws Exception {
    long end = System.nanoTime() + AFTERWARDS.toNanos();
    while (System.nanoTime() < end) {
      assertThat(neighbours.held()).as("granted by the one that woke").isEmpty();
      assertThat(sessions).noneMatch(UeTraffic::served);
      LockSupport.parkNanos(50_000_000);
    }
    for (Session session : sessions) {
      Await.until(
          Inspection.PATIENCE,
          "the end of " + session.sessionId(),
          () -> state(doors, session).equals("EXPIRED"));
      expectNoRenewalAfterExpiry(doors, session);
    }
    Await.until(Inspection.PATIENCE, "no app session", () -> neighbours.boundUes().isEmpty());
  }

  private static String state(Doors doors, Session session) {
    return doors.find(Inspection.PATIENCE, session.sessionId()).orElseThrow().state();
  }

  /** In the record of what happened the lease was over when it ended, and nothing came between. */
  private static void expectNoRenewalAfterExpiry(Doors doors, Session session) {
    List<EvidenceRecord> records =
        Judge.parsed(doors.evidence(Inspection.PATIENCE, session.sessionId()));
    Instant granted = Instant.EPOCH;
    for (EvidenceRecord each : records) {
      if (each.commitSha256() != null && each.type().equals("LEASE_RENEWED")) {
        assertThat(granted.equals(Instant.EPOCH) || each.time().isBefore(granted))
            .as("%s", each)
            .isTrue();
      }
      if (each.commitSha256() != null) {
        granted = each.time().plus(TERMS.leaseTerm());
      }
    }
    assertThat(records.getLast().to()).isEqualTo("EXPIRED");
  }
}
