package io.aipaging.aipf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.LiveNetwork;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeHashKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An AIPF with files comes back with what it had: sessions, evidence and its signing key. */
class AipfRestartTest {
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

  @TempDir Path directory;
  private AipfConfig config;
  private LiveNetwork network;

  @BeforeEach
  void configure() throws IOException {
    Path catalog = Files.writeString(directory.resolve("catalog.yaml"), AipfMainTest.CATALOG);
    config =
        AipfConfig.inProcess("aipf-1", catalog, AipfConfig.Lease.of(TERMS))
            .with(StoreConfig.rocksDb(directory.resolve("store")));
    network = new LiveNetwork(AipfMain.signingKeys(config), "aipf-set-1", "anchor-a", "anchor-b");
  }

  private Aipf start() {
    AipfWiring peers =
        AipfWiring.peers(
            network.qos,
            id -> id.equals(FakeGate.ID) ? Optional.of(network.gate) : Optional.empty(),
            id -> Optional.ofNullable(network.anchors.get(id)));
    return AipfMain.start(
        config,
        peers
            .with(AipfMain.signingKeys(config), new UeHashKey(new byte[32]))
            .with(sentence -> new float[] {1, 0, 0}));
  }

  @Test
  void aSessionIsRenewedAndReleasedByTheProcessThatComesAfter() {
    Session paged;
    try (Aipf first = start()) {
      paged = page(first);
    }
    SessionId id = new SessionId(paged.sessionId());
    Instant steered = network.gate.steeredUntil(id);
    try (Aipf second = start()) {
      Session read = read(second, id);
      assertThat(read.state()).isEqualTo("ACTIVE");
      assertThat(read.expiresAt()).isEqualTo(paged.expiresAt());
      assertThat(read.leases()).isEqualTo(paged.leases());
      World.await(() -> network.gate.steeredUntil(id).isAfter(steered));
      assertThat(network.gate.steeredUntil(id)).isAfter(steered);
      second.paging().releaseSession(call(), new ReleaseSession(paged.sessionId()));
      assertThat(network.gate.grants()).isEmpty();
    }
    try (Aipf third = start()) {
      assertThat(read(third, id).state()).isEqualTo("RELEASED");
    }
  }

  @Test
  void theSigningKeyIsTheSameAfterARestart() {
    String key = AipfMain.signingKeys(config).jwks().toString();
    start().close();
    assertThat(AipfMain.signingKeys(config).jwks()).hasToString(key);
  }

  @Test
  void aStoreThatIsOpenElsewhereKeepsTheAipfFromStarting() {
    try (Aipf first = start()) {
      assertThatThrownBy(this::start).isInstanceOf(StoreUnusable.class);
      assertThat(page(first).state()).isEqualTo("ACTIVE");
    }
  }

  private static Session page(Aipf aipf) {
    return aipf.paging()
        .createSession(
            call(),
            new CreateSession(
                null,
                new Ue("10.45.0.2", null, null, null),
                Intent.ofText("embed my notes"),
                null,
                60));
  }

  private static Session read(Aipf aipf, SessionId id) {
    return aipf.paging().getSession(call(), new GetSession(id.value()));
  }

  private static Call call() {
    return Call.within("nef-1", Instant.now(), Duration.ofSeconds(5));
  }
}
