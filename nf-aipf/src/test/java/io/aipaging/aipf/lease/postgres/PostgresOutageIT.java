package io.aipaging.aipf.lease.postgres;

import static io.aipaging.aipf.lease.StoredSessions.append;
import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.life;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.postgres.PostgresServer;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the store does while its database does not do its part, and afterwards. */
class PostgresOutageIT {
  private static final Duration MARGIN = Duration.ofSeconds(2);

  /** As docs/deploy.md says. */
  static final int CONNECTIONS = 10;

  private PostgresServer server;
  private Storages storages;
  private String database;

  @BeforeEach
  void startServer() {
    PostgresNeeded.orSkip();
    server = PostgresServer.start();
    database = server.newDatabase();
    storages = new Storages();
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      storages.close();
      server.close();
    }
  }

  private LeaseStore store() {
    return storages.open(server.uri(database), "one").sessions();
  }

  static void isUnavailable(ThrowingCallable call) {
    long start = System.nanoTime();
    assertThatThrownBy(call).isInstanceOf(StoreUnavailable.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Storages.TIMEOUT.plus(MARGIN));
  }

  static void isBack(LeaseStore store, Session session) {
    Storages.await(
        () -> {
          try {
            return store.find(session.id()).isPresent();
          } catch (StoreUnavailable e) {
            return false;
          }
        });
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsUnavailableInTimeAndComesBackByItself() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    server.freeze();
    isUnavailable(() -> store.find(session.id()));
    isUnavailable(() -> append(store, session, life().getFirst().apply(session)));
    isUnavailable(() -> store.list(SessionQuery.ALL, 10, null));
    isUnavailable(() -> store.awaitChange(session.id(), 1, Duration.ofSeconds(1)));
    server.thaw();
    isBack(store, session);
    Session now = store.find(session.id()).orElseThrow();
    append(store, now, life().get((int) now.version() - 1).apply(now));
    whole(store, session);
  }

  /** What was or was not written in the meantime, it was written whole. */
  static void whole(LeaseStore store, Session session) {
    Session now = store.find(session.id()).orElseThrow();
    var evidence = store.evidence(session.id(), 1, 100);
    assertThat(evidence).hasSize((int) now.version());
    assertThat(EvidenceChain.verify(evidence)).isInstanceOf(EvidenceChain.Verdict.Verified.class);
  }

  @Test // L1.5
  void whatWasAcknowledgedIsThereAfterTheDatabaseWasKilled() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    Session committed = append(store, session, life().getFirst().apply(session));
    server.kill();
    isUnavailable(() -> store.find(session.id()));
    isUnavailable(() -> append(store, committed, life().get(1).apply(committed)));
    server.restart();
    isBack(store, session);
    assertThat(store.find(session.id())).contains(committed);
    append(store, committed, life().get(1).apply(committed));
    whole(store, session);
  }

  @Test
  void afterALongerOutageCallsFailAtOnce() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    server.kill();
    isUnavailable(() -> store.find(session.id()));
    isUnavailable(() -> store.find(session.id()));
    long start = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> store.find(session.id())).isInstanceOf(StoreUnavailable.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Storages.TIMEOUT);
  }

  @Test
  void aDatabaseThatTakesNoWritesIsUnavailable() {
    LeaseStore store = store();
    Session session = begin(store, "10.45.0.2", "nef-1", null);
    server.set("default_transaction_read_only", "on");
    isUnavailable(() -> append(store, session, life().getFirst().apply(session)));
    server.set("default_transaction_read_only", "off");
    isBack(store, session);
    append(store, session, life().getFirst().apply(session));
  }

  @Test
  void anAppendWhoseAnswerIsLostIsAppendedOnce() throws Exception {
    try (AnswerThief thief = new AnswerThief(server)) {
      LeaseStore store = storages.open(thief.uri(server, database), "one").sessions();
      Session session = begin(store, "10.45.0.2", "nef-1", "k-1");
      thief.steal(1);
      Session committed = append(store, session, life().getFirst().apply(session));
      assertThat(thief.stolen()).isEqualTo(1);
      assertThat(store.find(session.id())).contains(committed);
      whole(store, session);
      thief.steal(1);
      Session second = begin(store, "10.45.0.3", "nef-1", "k-2");
      assertThat(thief.stolen()).isEqualTo(2);
      whole(store, second);
    }
  }

  @Test
  void aReplicaHasAsManyConnectionsAsIsDocumented() {
    PostgresStorage storage = storages.open(server.uri(database), "one");
    LeaseStore store = storage.sessions();
    Storages.keys(storage, SigningKeys.generate(), Duration.ofHours(1));
    for (int i = 2; i < 100; i++) {
      Session session = begin(store, "10.45.0." + i, "nef-1", null);
      assertThat(store.find(session.id())).isPresent();
      assertThat(store.evidence(session.id(), 1, 10)).hasSize(1);
    }
    Storages.await(() -> Storages.connections(server, database) == CONNECTIONS);
  }

  @Test
  void anOutageIsLoggedOnceAndSoIsItsEnd() {
    Logger logger = (Logger) LoggerFactory.getLogger(Replica.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.DEBUG);
    try {
      PostgresStorage storage = storages.open(server.uri(database), "one");
      for (int outage = 1; outage <= 2; outage++) {
        server.kill();
        int rounds = 3 * outage;
        Storages.await(() -> said(lines, Level.DEBUG).size() >= rounds);
        server.restart();
        Storages.await(storage::available);
      }
      assertThat(said(lines, Level.WARN))
          .containsExactly(
              "replica without database",
              "replica with database again",
              "replica without database",
              "replica with database again");
    } finally {
      logger.setLevel(null);
      logger.detachAppender(lines);
    }
  }

  private static List<String> said(ListAppender<ILoggingEvent> lines, Level level) {
    synchronized (lines) { // as it does when it appends
      return lines.list.stream()
          .filter(line -> line.getLevel() == level)
          .map(ILoggingEvent::getMessage)
          .toList();
    }
  }
}
