package io.aipaging.aipf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.LiveNetwork;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole AIPF in one process: real clock, real timers, catalogue from a file. */
class AipfMainTest {
  static final String CATALOG =
      """
      currency: EUR
      not-offered: []
      services:
        - aisi: urn:aisi:example.org:embedding:standard:1
          title: Embeddings
          task: EMBEDDING
          modality: TEXT
          phrases: [embed my notes]
          targets: {ttft-ms: 200, p99-ms: 400, success-probability: 0.99}
          qos: {policy: PREFERRED, qos-reference: qos-ai}
          service-address: {address: 203.0.113.10, protocol: TCP, port: 8000}
          service-uri: http://203.0.113.10:8000/v1
          mobility: MAKE_BEFORE_BREAK
      anchors:
        - {id: anchor-a, dnai: edge-a, agent-enforcer-id: agent-anchor-a,
           gate-enforcer-id: gate-1, admission-uri: "http://127.0.0.1:1",
           endpoint: "10.60.1.2:8000", country: DE, trust: 4, predicted-latency-ms: 5,
           price-per-1000: 0.1, slots: 4, aisis: ["urn:aisi:example.org:embedding:standard:1"]}
        - {id: anchor-b, dnai: edge-b, agent-enforcer-id: agent-anchor-b,
           gate-enforcer-id: gate-1, admission-uri: "http://127.0.0.1:2",
           endpoint: "10.60.2.2:8000", country: NL, trust: 4, predicted-latency-ms: 50,
           price-per-1000: 0.1, slots: 4, aisis: ["urn:aisi:example.org:embedding:standard:1"]}
      """;

  private static final LeaseTerms SHORT =
      new LeaseTerms(
          Duration.ofSeconds(60),
          Duration.ofHours(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(10),
          Duration.ofMillis(10),
          Duration.ofMillis(100));

  @TempDir Path directory;
  private final SigningKeys keys = SigningKeys.generate();
  private final LiveNetwork network = new LiveNetwork(keys, "aipf-set-1", "anchor-a", "anchor-b");
  private Aipf aipf;

  @BeforeEach
  void start() throws IOException {
    Path catalog = Files.writeString(directory.resolve("catalog.yaml"), CATALOG);
    AipfConfig config = AipfConfig.inProcess("aipf-1", catalog, AipfConfig.Lease.of(SHORT));
    aipf =
        AipfMain.start(
            config,
            AipfWiring.peers(
                    network.qos,
                    id -> id.equals(FakeGate.ID) ? Optional.of(network.gate) : Optional.empty(),
                    id -> Optional.ofNullable(network.anchors.get(id)))
                .with(keys, new UeHashKey(new byte[32]))
                .with(sentence -> new float[] {1, 0, 0}));
  }

  @AfterEach
  void stop() {
    aipf.close();
  }

  @Test
  void aSessionLivesThroughManyShortLeasesAndAMoveUntilItIsReleased() {
    Session session = page();
    SessionId id = new SessionId(session.sessionId());
    long paged = gen(session);
    World.await(() -> gen(read(id)) >= paged + 3);
    assertThat(network.gate.serving(id)).containsExactly("anchor-a");
    assertThat(network.gate.steeredUntil(id)).isAfter(Instant.now());

    assertThat(
            aipf.paging()
                .relocateSession(call(), new RelocateSession(session.sessionId(), null))
                .outcome())
        .isEqualTo("MOVED");
    assertThat(network.gate.serving(id)).containsExactly("anchor-b");
    World.await(() -> network.anchors.get("anchor-a").slotsHeld() == 0);
    assertThat(network.anchors.get("anchor-a").slotsHeld()).isZero();

    aipf.paging().releaseSession(call(), new ReleaseSession(session.sessionId()));
    assertThat(network.gate.grants()).isEmpty();
    assertThat(network.qos.bindings()).isEmpty();
    assertThat(read(id).state()).isEqualTo("RELEASED");
  }

  @Test // L5.12
  void steeringEndsWithinOneTermWhenTheAipfIsGone() {
    SessionId id = new SessionId(page().sessionId());
    aipf.close();
    Instant until = network.gate.steeredUntil(id);
    assertThat(until).isBefore(Instant.now().plus(SHORT.leaseTerm()).plusMillis(1));
    World.await(() -> network.gate.grants().isEmpty());
    assertThat(network.gate.grants()).isEmpty();
  }

  @Test
  void anAnchorThatFallsIllIsNotChosen() {
    network.anchors.get("anchor-a").healthy(false);
    World.await(() -> servesFrom("anchor-b"));
    assertThat(servesFrom("anchor-b")).isTrue();
  }

  private boolean servesFrom(String anchor) {
    try {
      Session session = page();
      aipf.paging().releaseSession(call(), new ReleaseSession(session.sessionId()));
      return session.leases().getFirst().anchorId().equals(anchor);
    } catch (Refusal e) {
      return false;
    }
  }

  @Test // L6.9
  void configurationsAreReadWithTheirDefaults() {
    AipfConfig config =
        Configuration.parse(
            AipfConfig.class,
            """
            nf-instance-id: aipf-1
            catalog: catalog.yaml
            keys: {ue-hash-file: ueh.key}
            lease: {term: 12s}
            limits: {}
            """,
            Map.of("AIPAGING_AIPF_LEASE_DRAIN", "2s"),
            "AIPAGING_AIPF");
    assertThat(config.lease().terms().leaseTerm()).isEqualTo(Duration.ofSeconds(12));
    assertThat(config.lease().terms().drain()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.lease().terms().session()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.setId()).isEqualTo("aipf-set-1");
  }

  private static AipfConfig withStore(String store) {
    return Configuration.parse(
        AipfConfig.class,
        "{nf-instance-id: a, catalog: c, keys: {}, lease: {}, limits: {}, store: " + store + "}",
        Map.of(),
        "AIPAGING_AIPF");
  }

  @Test
  void aStoreIsInFilesWhereItHasAPathAndInMemoryWhereItHasNone() {
    assertThat(withStore("{path: s}").store()).isEqualTo(StoreConfig.rocksDb(Path.of("s")));
    assertThat(withStore("{path: s, kind: rocksdb}").store())
        .isEqualTo(withStore("{path: s}").store());
    assertThat(withStore("{}").store()).isEqualTo(StoreConfig.memory());
    assertThat(withStore("{kind: memory}").store()).isEqualTo(StoreConfig.memory());
  }

  @Test
  void aStoreThatReplicasShareNeedsItsUriAndKeyFiles() {
    String yaml =
        "{nf-instance-id: a, catalog: c, keys: {signing-files: [k.pem]}, lease: {}, limits: {},"
            + " store: {uri-file: u}}";
    AipfConfig config = Configuration.parse(AipfConfig.class, yaml, Map.of(), "AIPAGING_AIPF");
    assertThat(config.store()).isEqualTo(StoreConfig.postgreSql(Path.of("u")));
    assertThatThrownBy(() -> withStore("{uri-file: u}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("keys.signing-files are required with postgresql");
  }

  @Test
  void aStoreThatIsNotUnderstoodIsRefused() {
    for (String store :
        List.of(
            "{kind: rocksdb}",
            "{kind: memory, path: s}",
            "{kind: tape}",
            "{folder: s}",
            "{kind: postgresql}",
            "{path: s, uri-file: u}",
            "{kind: memory, uri-file: u}",
            "{uri-file: u, timeout: 1ms}")) {
      assertThatThrownBy(() -> withStore(store))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("store");
    }
  }

  @Test
  void aLeaseTermTooShortToBeRenewedInTimeIsRefused() {
    assertThatThrownBy(
            () ->
                Configuration.parse(
                    AipfConfig.class,
                    """
                    nf-instance-id: aipf-1
                    catalog: catalog.yaml
                    keys: {}
                    lease: {term: 3s}
                    limits: {}
                    """,
                    Map.of(),
                    "AIPAGING_AIPF"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("leaseTerm");
  }

  private Session page() {
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

  private Session read(SessionId id) {
    return aipf.paging().getSession(call(), new GetSession(id.value()));
  }

  private static long gen(Session session) {
    return session.leases().stream().mapToLong(SessionLease::gen).max().orElse(0);
  }

  private static Call call() {
    return Call.within("nef-1", Instant.now(), Duration.ofSeconds(5));
  }
}
