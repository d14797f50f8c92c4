package io.aipaging.aipf.lease.postgres;

import static io.aipaging.aipf.lease.StoredSessions.begin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.keys.KeyLedger;
import io.aipaging.aipf.keys.KeyRegistry;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.postgres.PostgresServer;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.SigningKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a database is opened, and which keys a Set publishes. */
class PostgresStorageIT {
  private static final Duration KEEP = Duration.ofHours(24);
  private static PostgresServer server;
  private final Storages storages = new Storages();
  private String uri;
  private String database;

  @BeforeAll
  static void startServer() {
    PostgresNeeded.orSkip();
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void newDatabase() {
    database = server.newDatabase();
    uri = server.uri(database);
  }

  @AfterEach
  void closeStorages() {
    storages.close();
  }

  @Test
  void replicasThatStartTogetherMigrateOnce() throws Exception {
    List<Callable<PostgresStorage>> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String runner = "run-" + i;
      replicas.add(() -> storages.open(uri, runner));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PostgresStorage> replica : threads.invokeAll(replicas)) {
        assertThat(replica.get().available()).isTrue();
      }
    }
    assertThat(server.sql(database, "SELECT version FROM schema_version")).isEqualTo("1");
  }

  @Test
  void aNewerSchemaIsRefusedWithAdvice() {
    storages.open(uri, "run-1");
    server.sql(database, "INSERT INTO schema_version VALUES (7)");
    assertThatThrownBy(() -> storages.open(uri, "run-2"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("schema 7")
        .hasMessageContaining("start the newer program again");
  }

  @Test
  void aDatabaseIsOneSets() {
    storages.open(uri, "run-1");
    server.sql(database, "UPDATE aipf_set SET id = 'aipf-set-2'");
    assertThatThrownBy(() -> storages.open(uri, "run-2"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("another AIPF Set");
  }

  @Test
  void aDatabaseThatIsNotThereYetIsWaitedFor() throws Exception {
    try (PostgresServer late = PostgresServer.start()) {
      String name = late.newDatabase();
      late.stop();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<PostgresStorage> opening =
            threads.submit(() -> storages.open(late.uri(name), "run-1"));
        late.restart();
        assertThat(opening.get().available()).isTrue();
      }
    }
  }

  @Test
  void everythingIsThereAgainAfterARestart() {
    PostgresStorage first = storages.open(uri, "run-1");
    Session session = begin(first.sessions(), "10.45.0.2", "nef-1", "k-1");
    first.close();
    PostgresStorage second = storages.open(uri, "run-2");
    assertThat(second.sessions().find(session.id())).contains(session);
    assertThat(second.sessions().findByKey("nef-1", "k-1")).contains(session);
  }

  @Test // L2.4
  void everyReplicaPublishesTheKeysOfAll() {
    SigningKeys one = SigningKeys.generate();
    SigningKeys two = SigningKeys.generate();
    KeyRegistry first = Storages.keys(storages.open(uri, "run-1"), one, KEEP);
    assertThat(first.published()).isEqualTo(one.jwks());
    KeyRegistry second = Storages.keys(storages.open(uri, "run-2"), two, KEEP);
    assertThat(second.published()).containsAll(one.jwks()).containsAll(two.jwks()).hasSize(2);
    assertThat(first.published()).containsExactlyInAnyOrderElementsOf(second.published());
    assertThat(KeySet.ofJwks(first.published()).size()).isEqualTo(2);
  }

  @Test // L2.17
  void theSetOfKeysDoesNotGrowWithRestarts() {
    SigningKeys keys = SigningKeys.generate();
    for (int i = 0; i < 5; i++) {
      PostgresStorage storage = storages.open(uri, "run-" + i);
      assertThat(Storages.keys(storage, keys, KEEP).published()).isEqualTo(keys.jwks());
      storage.close();
    }
  }

  @Test // L2.16
  void keysOfAReplicaThatIsGoneVanishWhenNothingTheySignedLives() {
    PostgresStorage gone = storages.open(uri, "run-1");
    Storages.keys(gone, SigningKeys.generate(), Duration.ofMillis(1_500));
    gone.close();
    SigningKeys own = SigningKeys.generate();
    KeyRegistry keys = Storages.keys(storages.open(uri, "run-2"), own, KEEP);
    Storages.await(() -> keys.published().equals(own.jwks()));
  }

  @Test
  void moreKeysThanAnyoneTakesAreRefused() {
    PostgresStorage storage = storages.open(uri, "run-1");
    for (int i = 0; i < KeyRegistry.KEYS_MAX; i++) {
      Storages.keys(storage, SigningKeys.generate(), KEEP);
    }
    assertThatThrownBy(() -> Storages.keys(storage, SigningKeys.generate(), KEEP))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("17 keys");
    assertThat(server.sql(database, "SELECT count(*) FROM signing_key")).isEqualTo("16");
  }

  @Test
  void aWithdrawnKeyIsPublishedByNoReplica() {
    SigningKeys one = SigningKeys.generate();
    SigningKeys two = SigningKeys.generate();
    KeyRegistry first = Storages.keys(storages.open(uri, "run-1"), one, KEEP);
    KeyLedger second = Storages.keys(storages.open(uri, "run-2"), two, KEEP);
    second.publish(one.jwks());
    second.withdraw(Set.of(two.kid()));
    assertThat(second.published()).isEqualTo(one.jwks());
    Storages.await(() -> first.published().equals(one.jwks()));
  }

  @Test
  void keysAreAnsweredWithoutADatabase() {
    try (PostgresServer mortal = PostgresServer.start()) {
      SigningKeys one = SigningKeys.generate();
      SigningKeys two = SigningKeys.generate();
      String name = mortal.newDatabase();
      Storages.keys(storages.open(mortal.uri(name), "run-1"), one, KEEP);
      PostgresStorage storage = storages.open(mortal.uri(name), "run-2");
      KeyRegistry keys = Storages.keys(storage, two, KEEP);
      mortal.kill();
      assertThat(keys.published()).hasSize(2);
      Storages.await(() -> !storage.available());
      assertThat(storage.replicas().owned()).isEmpty();
      mortal.restart();
      Storages.await(storage::available);
    }
  }
}
