package io.aipaging.aipf.lease.postgres;

import static io.aipaging.aipf.lease.StoredSessions.append;
import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.postgres.PostgresOutageIT.isBack;
import static io.aipaging.aipf.lease.postgres.PostgresOutageIT.isUnavailable;
import static io.aipaging.aipf.lease.postgres.PostgresOutageIT.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.postgres.PostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary and its synchronous standby: what happens when either is gone. */
class PostgresStandbyIT {
  /** Commits sent before it was seen that none is answered: a few for each lane. */
  private static final int UNANSWERED = 12;

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

  @Test
  void thePromotedStandbyIsFoundAndHasAllThatWasAcknowledged() {
    try (PostgresServer standby = server.synchronousStandby()) {
      LeaseStore store = storages.open(Storages.uri(database, standby, server), "one").sessions();
      Session session = begin(store, "10.45.0.2", "nef-1", null);
      Session committed = append(store, session, life().getFirst().apply(session));
      server.kill();
      isUnavailable(() -> append(store, committed, life().get(1).apply(committed)));
      standby.promote();
      isBack(store, session);
      assertThat(store.find(session.id())).contains(committed);
      append(store, committed, life().get(1).apply(committed));
      whole(store, session);
    }
  }

  @Test
  void aFormerPrimaryThatComesBackIsLeftAlone() {
    try (PostgresServer standby = server.synchronousStandby()) {
      LeaseStore store = storages.open(Storages.uri(database, server, standby), "one").sessions();
      Session session = begin(store, "10.45.0.2", "nef-1", null);
      server.kill();
      standby.promote();
      isBack(store, session);
      server.restart();
      server.set("synchronous_standby_names", "");
      standby.kill();
      isUnavailable(() -> store.find(session.id()));
      standby.restart();
      isBack(store, session);
      append(store, session, life().getFirst().apply(session));
    }
  }

  @Test
  void withoutItsStandbyNothingIsAcknowledged() {
    try (PostgresServer standby = server.synchronousStandby()) {
      LeaseStore store = store();
      Session session = begin(store, "10.45.0.2", "nef-1", null);
      standby.kill();
      isUnavailable(() -> append(store, session, life().getFirst().apply(session)));
      assertThat(store.find(session.id())).contains(session);
      standby.restart();
      Storages.await(() -> store.find(session.id()).orElseThrow().version() == 2);
      whole(store, session);
    }
  }

  @Test
  void withoutItsStandbyTheStoreIsNotAvailableAlthoughItAnswers() {
    try (PostgresServer standby = server.synchronousStandby()) {
      PostgresStorage storage = storages.open(server.uri(database), "one");
      LeaseStore store = storage.sessions();
      Session session = begin(store, "10.45.0.2", "nef-1", null);
      assertThat(storage.available()).isTrue();
      standby.kill();
      for (int tries = 0; storage.available(); tries++) {
        assertThat(tries).as("appends before it was seen").isLessThan(10);
        isUnavailable(() -> append(store, session, life().getFirst().apply(session)));
      }
      assertThat(storage.replicas().owned()).as("the database answers").isNotEmpty();
      assertThat(store.find(session.id())).contains(session);
      for (int i = 0; i < 200; i++) {
        isUnavailable(() -> append(store, session, life().getFirst().apply(session)));
      }
      int most = PostgresOutageIT.CONNECTIONS + UNANSWERED;
      assertThat(Storages.connections(server, database)).isLessThanOrEqualTo(most);
      assertThat(storage.available()).isFalse();
      standby.restart();
      Storages.await(storage::available);
      Storages.await(() -> Storages.connections(server, database) <= PostgresOutageIT.CONNECTIONS);
      Session now = store.find(session.id()).orElseThrow();
      append(store, now, life().get((int) now.version() - 1).apply(now));
      whole(store, session);
    }
  }

  @Test
  void anAppendIsOnDiskWhateverTheDatabaseIsSetTo() {
    server.sql(database, "ALTER DATABASE " + database + " SET synchronous_commit = 'off'");
    try (PostgresServer standby = server.synchronousStandby()) {
      LeaseStore store = store();
      Session session = begin(store, "10.45.0.2", "nef-1", null);
      standby.kill();
      isUnavailable(() -> append(store, session, life().getFirst().apply(session)));
    }
  }
}
