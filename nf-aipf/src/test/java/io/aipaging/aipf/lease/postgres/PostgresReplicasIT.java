package io.aipaging.aipf.lease.postgres;

import static io.aipaging.aipf.lease.StoredSessions.append;
import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.life;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.postgres.PostgresServer;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas of one Set on one database: who looks after what, and how they hear of each other. */
class PostgresReplicasIT {
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

  private static int owned(PostgresStorage storage) {
    return storage.replicas().owned().size();
  }

  @Test
  void replicasShareTheShardsFairly() {
    PostgresStorage one = storages.open(uri, "run-1");
    Storages.await(() -> owned(one) == Shard.COUNT);
    PostgresStorage two = storages.open(uri, "run-2");
    Storages.await(() -> owned(one) == 32 && owned(two) == 32);
    PostgresStorage three = storages.open(uri, "run-3");
    Storages.await(() -> owned(one) <= 22 && owned(two) <= 22 && owned(three) >= 20);
    Set<Shard> all = new HashSet<>(one.replicas().owned());
    all.addAll(two.replicas().owned());
    all.addAll(three.replicas().owned());
    assertThat(all).isEqualTo(Shard.all());
    assertThat(owned(one) + owned(two) + owned(three)).isEqualTo(Shard.COUNT);
  }

  @Test
  void whoLeavesGivesItsShardsAtOnceAndIsKnownToBeGone() {
    PostgresStorage one = storages.open(uri, "run-1");
    PostgresStorage two = storages.open(uri, "run-2");
    Storages.await(() -> owned(one) == 32 && owned(two) == 32);
    two.close();
    assertThat(owned(two)).isZero();
    Storages.await(() -> owned(one) == Shard.COUNT);
    Storages.await(() -> !one.replicas().alive("run-2"));
    assertThat(one.replicas().alive("run-1")).isTrue();
  }

  @Test
  void aKilledReplicasWorkIsTakenOverInTwoSeconds() {
    PostgresStorage one = storages.open(uri, "run-1");
    AtomicInteger gone = new AtomicInteger();
    Set<Shard> gained = ConcurrentHashMap.newKeySet();
    one.replicas().listen(listener(gained, gone));
    try (ReplicaProcess two = ReplicaProcess.start(uri, "run-2")) {
      Storages.await(() -> owned(one) == 32 && two.owned() == 32);
      Storages.await(() -> gone.get() > 0); // it can judge who is alive
      assertThat(one.replicas().alive("run-2")).isTrue();
      gained.clear();
      int before = gone.get();
      two.signal("KILL");
      Duration shards = Storages.await(() -> owned(one) == Shard.COUNT);
      Duration runner = Storages.await(() -> !one.replicas().alive("run-2")).plus(shards);
      Storages.await(() -> gone.get() > before && gained.size() == 32);
      System.out.println("shards taken over after " + shards + ", run known gone after " + runner);
      assertThat(shards).isLessThan(Duration.ofSeconds(2));
      assertThat(runner).isLessThan(Duration.ofSeconds(2));
    }
  }

  private static Ownership.Listener listener(Set<Shard> gained, AtomicInteger gone) {
    return new Ownership.Listener() {
      @Override
      public void gained(Set<Shard> shards) {
        gained.addAll(shards);
      }

      @Override
      public void runnerGone() {
        gone.incrementAndGet();
      }
    };
  }

  @Test
  void aSuspendedReplicaIsCutOffAndOwnsNothingUntilItIsBack() {
    PostgresStorage one = storages.open(uri, "run-1");
    try (ReplicaProcess two = ReplicaProcess.start(uri, "run-2")) {
      Storages.await(() -> owned(one) == 32 && two.owned() == 32);
      two.signal("STOP");
      Storages.await(() -> owned(one) == Shard.COUNT);
      assertThat(one.replicas().alive("run-2")).isFalse();
      two.signal("CONT");
      Storages.await(() -> two.owned() == 0);
      Storages.await(() -> owned(one) == 32 && two.owned() == 32);
      Storages.await(() -> one.replicas().alive("run-2"));
    }
  }

  @Test
  void whoLosesItsConnectionOwnsNothingAtOnceAndComesBack() {
    PostgresStorage one = storages.open(uri, "run-1");
    Storages.await(() -> owned(one) == Shard.COUNT);
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    Thread watching =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    seen.add(owned(one));
                    Thread.onSpinWait();
                  }
                });
    server.sql(database, "SELECT pg_terminate_backend(backend) FROM replica");
    Storages.await(() -> seen.contains(0));
    watching.interrupt();
    Storages.await(() -> owned(one) == Shard.COUNT);
    assertThat(one.replicas().alive("run-1")).isTrue();
  }

  @Test
  void whatAnotherReplicaMovesIsHeardByItsOwner() throws InterruptedException {
    PostgresStorage one = storages.open(uri, "run-1");
    PostgresStorage two = storages.open(uri, "run-2");
    Storages.await(() -> owned(one) == 32 && owned(two) == 32);
    BlockingQueue<SessionId> heard = new LinkedBlockingQueue<>();
    one.tell(heard::add, () -> {});
    two.tell(id -> {}, () -> {});
    Session session = begin(two.sessions(), "10.45.0.2", "nef-1", null);
    while (!one.replicas().owns(session)) {
      session = begin(two.sessions(), "10.45.1." + heard.size(), "nef-" + session.id(), null);
    }
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(session.id());
    long start = System.nanoTime();
    append(two.sessions(), session, life().getFirst().apply(session));
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(session.id());
    System.out.println("heard after " + Duration.ofNanos(System.nanoTime() - start));
  }

  @Test
  void whoeverWaitsAtAnotherReplicaIsTold() throws Exception {
    LeaseStore one = storages.open(uri, "run-1").sessions();
    LeaseStore two = storages.open(uri, "run-2").sessions();
    Session session = begin(one, "10.45.0.2", "nef-1", null);
    BlockingQueue<Session> told = new LinkedBlockingQueue<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () ->
                    two.awaitChange(session.id(), session.version(), Duration.ofSeconds(20))
                        .ifPresent(told::add));
    Storages.await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    Session committed = append(one, session, life().getFirst().apply(session));
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(committed);
  }

  @Test
  void aSessionIsFoundAlthoughItsReplicaDiedBeforeItsLetter() throws InterruptedException {
    PostgresStorage one = storages.open(uri, "run-1");
    BlockingQueue<SessionId> heard = new LinkedBlockingQueue<>();
    one.tell(heard::add, () -> {});
    Storages.await(() -> owned(one) == Shard.COUNT);
    Session session = begin(storages.mute(uri, "run-2"), "10.45.0.2", "nef-1", null);
    assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(session.id());
  }
}
