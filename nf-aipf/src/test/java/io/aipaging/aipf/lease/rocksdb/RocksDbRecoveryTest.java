package io.aipaging.aipf.lease.rocksdb;

import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.StoreUnusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store is after it was closed, killed or tampered with. */
class RocksDbRecoveryTest {
  private static final Instant LATER = Instant.parse("2026-11-23T10:10:00Z");
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void inAFolderThatIsNotThere() {
    path = folder.resolve("deep/store");
  }

  private RocksDbLeaseStore open() {
    return open(1_000);
  }

  private RocksDbLeaseStore open(int sessionsMax) {
    return RocksDbStores.open(path, new RocksDbLimits(sessionsMax, Duration.ofDays(1), 8 << 20));
  }

  private static List<Session> all(RocksDbLeaseStore store) {
    return store.list(SessionQuery.ALL, 1_000, null).sessions();
  }

  @Test
  void everythingIsThereAgain() {
    List<Session> sessions = new ArrayList<>();
    Map<Session, List<String>> evidence = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
    try (RocksDbLeaseStore store = open()) {
      for (int moves = 0; moves <= life().size(); moves++) {
        Session session = live(store, "10.45.0." + (moves + 2), "k-" + moves, moves);
        sessions.add(session);
        evidence.put(session, store.evidence(session.id(), 1, 100));
      }
    }
    try (RocksDbLeaseStore store = open()) {
      assertThat(all(store)).containsExactlyInAnyOrderElementsOf(sessions);
      for (Session session : sessions) {
        String key = session.facts().origin().idempotencyKey();
        assertThat(store.findByKey("nef-1", key)).contains(session);
        assertThat(store.evidence(session.id(), 1, 100)).isEqualTo(evidence.get(session));
      }
    }
  }

  @Test
  void aRetryAfterTheRestartMeetsItsOwnPageAndAFlowIsStillTaken() {
    Session session;
    try (RocksDbLeaseStore store = open()) {
      session = begin(store, "10.45.0.2", "nef-1", "k-1");
    }
    try (RocksDbLeaseStore store = open()) {
      assertThatThrownBy(() -> begin(store, "10.45.0.9", "nef-1", "k-1"))
          .hasMessageContaining("KeyInUse")
          .hasMessageContaining(session.id().value());
      assertThatThrownBy(() -> begin(store, "10.45.0.2", "nef-1", "k-2"))
          .hasMessageContaining("FlowInUse");
    }
  }

  @Test
  void howManyThereAreIsKnownWithoutCounting() {
    try (RocksDbLeaseStore store = open(3)) {
      live(store, "10.45.0.2", "k-1", life().size());
      live(store, "10.45.0.3", "k-2", 0);
    }
    try (RocksDbLeaseStore store = open(3)) {
      live(store, "10.45.0.4", "k-3", 0);
      assertThatThrownBy(() -> live(store, "10.45.0.5", "k-4", 0)).hasMessageContaining("Full");
      assertThat(store.compact(LATER)).isEqualTo(1);
    }
    try (RocksDbLeaseStore store = open(3)) {
      live(store, "10.45.0.5", "k-4", 0);
      assertThatThrownBy(() -> live(store, "10.45.0.6", "k-5", 0)).hasMessageContaining("Full");
    }
    try (RocksDbLeaseStore store = open(1)) {
      assertThat(all(store)).hasSize(3);
    }
  }

  @Test
  void evidenceOfForgottenSessionsIsForgottenInItsTime() {
    Session over;
    try (RocksDbLeaseStore store = open()) {
      over = live(store, "10.45.0.2", "k-1", life().size());
      assertThat(store.compact(LATER)).isEqualTo(1);
    }
    try (RocksDbLeaseStore store = open()) {
      store.compact(LATER.plus(Duration.ofDays(1)).minusMillis(1));
      assertThat(store.evidence(over.id(), 1, 100)).hasSize((int) over.version());
      store.compact(LATER.plus(Duration.ofDays(1)));
      assertThat(store.evidence(over.id(), 1, 100)).isEmpty();
    }
  }

  @Test
  void onlyItsOwnerMayLookIntoTheFolder() throws Exception {
    open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
  }

  @Test
  void aSecondProcessIsRefused() {
    try (RocksDbLeaseStore store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreUnusable.class)
          .hasMessageContaining("another process")
          .hasMessageContaining(path.toString());
      live(store, "10.45.0.2", "k-1", 1);
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    RocksDbLeaseStore store = open();
    Session session = begin(store, "10.45.0.2", "nef-1", "k-1");
    store.close();
    store.close();
    assertThatThrownBy(() -> store.find(session.id())).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> begin(store, "10.45.0.3", "nef-1", "k-2"))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void aStoreOfANewerProgramIsLeftAlone() throws Exception {
    open().close();
    Files.writeString(path.resolve("format"), "aipaging lease store 2\n");
    refused("format 2", "aipaging store check", "aipaging store export");
  }

  @Test
  void aStoreThatIsNotWholeIsLeftAlone() throws Exception {
    try (RocksDbLeaseStore store = open()) {
      live(store, "10.45.0.2", "k-1", 3);
    }
    Path aside = folder.resolve("aside");
    for (String part : List.of("format", "acknowledged", "db")) {
      Files.move(path.resolve(part), aside);
      refused("aipaging store check");
      Files.move(aside, path.resolve(part));
    }
    for (String file : List.of("format", "acknowledged")) {
      byte[] whole = Files.readAllBytes(path.resolve(file));
      for (byte[] damaged : List.of(new byte[0], "aipaging".getBytes(), new byte[whole.length])) {
        Files.write(path.resolve(file), damaged);
        refused("aipaging store check");
      }
      Files.write(path.resolve(file), whole);
    }
    open().close();
  }

  private void refused(String... words) {
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnusable.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains(words);
  }
}
