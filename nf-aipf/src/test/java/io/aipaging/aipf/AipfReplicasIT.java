package io.aipaging.aipf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.postgres.PostgresNeeded;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.LiveNetwork;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.postgres.PostgresServer;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several AIPFs of one Set on one database, in front of one network. */
class AipfReplicasIT {
  private static final LeaseTerms TERMS =
      new LeaseTerms(
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofSeconds(6),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofMillis(100));
  private static final SigningKeys KEYS = SigningKeys.generate();

  @TempDir Path directory;
  private PostgresServer server;
  private LiveNetwork network;
  private Path uriFile;
  private final Deque<Aipf> replicas = new ArrayDeque<>();

  @BeforeEach
  void configure() throws IOException {
    PostgresNeeded.orSkip();
    server = PostgresServer.start();
    uriFile =
        Files.writeString(directory.resolve("database"), server.uri(server.newDatabase()) + "\n");
    Files.writeString(directory.resolve("catalog.yaml"), AipfMainTest.CATALOG);
    network = new LiveNetwork(KEYS, "aipf-set-1", "anchor-a", "anchor-b");
  }

  @AfterEach
  void closeAll() {
    replicas.forEach(Aipf::close);
    if (server != null) {
      server.close();
    }
  }

  private Aipf start(String name) {
    AipfConfig inProcess =
        AipfConfig.inProcess(name, directory.resolve("catalog.yaml"), AipfConfig.Lease.of(TERMS));
    AipfWiring wiring =
        AipfWiring.peers(
            network.qos,
            id -> id.equals(FakeGate.ID) ? Optional.of(network.gate) : Optional.empty(),
            id -> Optional.ofNullable(network.anchors.get(id)));
    Aipf aipf =
        AipfMain.start(
            inProcess.with(
                new KeysConfig(List.of(directory.resolve("unused.pem")), null),
                StoreConfig.postgreSql(uriFile)),
            wiring.with(KEYS, new UeHashKey(new byte[32])).with(sentence -> new float[] {1, 0, 0}));
    replicas.push(aipf);
    return aipf;
  }

  private static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(60));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private static Call call() {
    return Call.within("nef-1", Instant.now(), Duration.ofSeconds(15));
  }

  private static CreateSession wish(String ue) {
    return new CreateSession(
        null, new Ue(ue, null, null, null), Intent.ofText("embed my notes"), null, 60);
  }

  private static Session page(Aipf aipf, String ue, String key) {
    return aipf.paging().createSession(call().withIdempotencyKey(key), wish(ue));
  }

  private static Session read(Aipf aipf, Session session) {
    return aipf.paging().getSession(call(), new GetSession(session.sessionId()));
  }

  @Test
  void anyReplicaServesAnySession() {
    Aipf one = start("aipf-1");
    Aipf two = start("aipf-2");
    Session paged = page(one, "10.45.0.2", null);
    assertThat(read(two, paged)).isEqualTo(read(one, paged));
    Session renewed = two.paging().renewSession(call(), new RenewSession(paged.sessionId(), 120));
    assertThat(read(one, paged).expiresAt()).isEqualTo(renewed.expiresAt());
    one.paging().releaseSession(call(), new ReleaseSession(paged.sessionId()));
    assertThat(read(two, paged).state()).isEqualTo("RELEASED");
    assertThat(network.gate.grants()).isEmpty();
    assertThat(two.keyinfo().getKeys(call(), new GetKeys()).keys())
        .singleElement()
        .satisfies(key -> assertThat(key).containsAllEntriesOf(KEYS.jwks().getFirst()))
        .satisfies(key -> assertThat(key).containsEntry("state", "SIGNING"));
  }

  @Test
  void leasesOfAReplicaThatLeavesAreRenewedByTheOther() {
    Aipf one = start("aipf-1");
    Aipf two = start("aipf-2");
    Session a = page(one, "10.45.0.2", null);
    Session b = page(two, "10.45.0.3", null);
    Instant left = Instant.now();
    one.close();
    for (Session session : List.of(a, b)) {
      SessionId id = new SessionId(session.sessionId());
      await(
          () -> network.gate.steeredUntil(id).isAfter(left.plus(TERMS.leaseTerm()).plusSeconds(1)));
      assertThat(read(two, session).state()).isEqualTo("ACTIVE");
    }
  }

  @Test // L5.6
  void aRepeatedPageGetsItsAnswerFromEveryReplicaAndAfterRestarts() {
    Aipf one = start("aipf-1");
    Session paged = page(one, "10.45.0.2", "k-1");
    Aipf two = start("aipf-2");
    Session repeated = page(two, "10.45.0.2", "k-1");
    assertThat(repeated.sessionId()).isEqualTo(paged.sessionId());
    assertThat(repeated.token()).isEqualTo(paged.token());
    one.close();
    two.close();
    Aipf three = start("aipf-3");
    assertThat(page(three, "10.45.0.2", "k-1").token()).isEqualTo(paged.token());
    Refusal other = catchThrowableOfType(Refusal.class, () -> page(three, "10.45.0.9", "k-1"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.problemCause()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(network.gate.grants()).hasSize(1);
  }

  @Test
  void aRepeatAtAnotherReplicaWaitsForThePageThatIsUnderWay() throws Exception {
    Aipf one = start("aipf-1");
    Aipf two = start("aipf-2");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    network.faults.before(
        "qos.create",
        () -> {
          asked.countDown();
          await(() -> answer.getCount() == 0);
        });
    CompletableFuture<Session> paged =
        CompletableFuture.supplyAsync(
            () -> page(one, "10.45.0.2", "k-1"), Thread.ofVirtual()::start);
    asked.await();
    CompletableFuture<Session> repeated =
        CompletableFuture.supplyAsync(
            () -> page(two, "10.45.0.2", "k-1"), Thread.ofVirtual()::start);
    answer.countDown();
    assertThat(repeated.get().sessionId()).isEqualTo(paged.get().sessionId());
    assertThat(repeated.get().token()).isEqualTo(paged.get().token());
    assertThat(network.gate.grants()).hasSize(1);
  }

  @Test
  void withoutTheStorePagesAreRefusedAndLeaveNothingBehind() {
    Aipf aipf = start("aipf-1");
    Session before = page(aipf, "10.45.0.2", null);
    server.freeze();
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> page(aipf, "10.45.0.3", "k-3"));
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.retryAfter()).isNotNull();
    assertThatThrownBy(() -> read(aipf, before)).isInstanceOf(Refusal.class);
    server.thaw();
    await(() -> works(aipf, before));
    await(() -> live(aipf) == 1);
    assertThat(network.gate.grants()).hasSize(1);
    assertThat(page(aipf, "10.45.0.3", null).state()).isEqualTo("ACTIVE");
  }

  private static boolean works(Aipf aipf, Session session) {
    try {
      return read(aipf, session).state().equals("ACTIVE");
    } catch (Refusal e) {
      return false;
    }
  }

  private static long live(Aipf aipf) {
    ListSessions all = new ListSessions(null, null, null, null, null);
    return aipf.paging().listSessions(call(), all).sessions().stream()
        .filter(session -> Set.of("ACTIVE", "PREPARING", "ENDING").contains(session.state()))
        .count();
  }

  @Test
  void withoutTheStoreLeasesRunOut() {
    Aipf aipf = start("aipf-1");
    Session paged = page(aipf, "10.45.0.2", null);
    SessionId id = new SessionId(paged.sessionId());
    server.freeze();
    Instant steered = network.gate.steeredUntil(id);
    await(() -> Instant.now().isAfter(network.gate.steeredUntil(id)));
    assertThat(network.gate.steeredUntil(id)).isBefore(steered.plus(TERMS.leaseTerm()));
    server.thaw();
    await(() -> ended(aipf, paged));
  }

  private static boolean ended(Aipf aipf, Session session) {
    try {
      return read(aipf, session).state().equals("EXPIRED");
    } catch (Refusal e) {
      return false;
    }
  }
}
