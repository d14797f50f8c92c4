package io.aipaging.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.aipf.Aipf;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.aipf.KeysConfig;
import io.aipaging.aipf.StoreConfig;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.trace.TracingConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A whole AIPF Set on loopback: AIPF, PCF adapter with a simulated PCF, gate and two anchors, each
 * behind its own listener and believing tokens only.
 */
final class PagingPart implements AutoCloseable {
  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final TransportAddress service = LocalPorts.free();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final QosPart qos;
  private final GatePart gate;
  private final AnchorPart a;
  private final AnchorPart b;
  private final Aipf aipf;
  private int made;
  private @Nullable String watched;

  PagingPart(TestIssuer issuer, Path folder) throws Exception {
    this(issuer, folder, null);
  }

  /** A Set that sends its traces there; null does not. */
  PagingPart(TestIssuer issuer, Path folder, @Nullable TracingConfig tracing) throws Exception {
    TransportAddress place = LocalPorts.free();
    ClientConfig client = ClientConfig.cleartext(URI.create("http://" + place));
    qos = kept(new QosPart(issuer, folder, tracing));
    gate = kept(new GatePart(issuer, new GatePart.Around(client, tracing), service, folder));
    a = kept(new AnchorPart(issuer, client, "a", folder));
    b = kept(new AnchorPart(issuer, client, "b", folder));
    aipf = kept(AipfMain.start(config(issuer, place, folder, tracing), AipfWiring.remote()));
    awaitFirstPage();
  }

  /** The gate was there first and asks for the AIPF's keys once a second. */
  private void awaitFirstPage() {
    long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
    while (true) {
      try {
        Session first =
            paging().createSession(call(), Members.record(nextPage(), CreateSession.class));
        paging().releaseSession(call(), new ReleaseSession(first.sessionId()));
        return;
      } catch (Refusal refusal) {
        if (System.nanoTime() - end > 0) {
          throw refusal;
        }
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  private AipfConfig config(
      TestIssuer issuer, TransportAddress place, Path folder, @Nullable TracingConfig tracing)
      throws IOException {
    return new AipfConfig(
        "aipf-1",
        TestSet.ISSUER,
        ListenerConfig.cleartext("127.0.0.1", place.port()),
        issuer.believedBy(TestSet.AUDIENCE),
        new ManagementConfig("127.0.0.1", 0),
        Files.writeString(folder.resolve("catalog.yaml"), catalog()),
        new KeysConfig(List.of(), AnchorPart.ueHashKey(folder)),
        StoreConfig.rocksDb(folder.resolve("aipf-store")),
        unmoved(),
        AipfConfig.Relocation.defaults(),
        AipfConfig.Limits.defaults(),
        new AipfConfig.Peer(local(qos.port()), issuer.credentials("aipf-1", QosPart.AUDIENCE)),
        List.of(
            new AipfConfig.Gate(
                GatePart.ENFORCER,
                local(gate.port()),
                issuer.credentials("aipf-1", GatePart.AUDIENCE))),
        new AipfConfig.Anchors(null, issuer.credentials("aipf-1", AnchorPart.AUDIENCE)),
        Core.REL18,
        null,
        tracing,
        null);
  }

  /** Times under which nothing is renewed by itself while a test compares before and after. */
  private static AipfConfig.Lease unmoved() {
    return new AipfConfig.Lease(
        LONG,
        Duration.ofHours(24),
        LONG,
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        Duration.ofMillis(250),
        Duration.ofSeconds(2));
  }

  private String catalog() {
    return """
        currency: EUR
        services:
          - aisi: %s
            title: Text embeddings
            task: EMBEDDING
            modality: TEXT
            phrases: [embed my notes and documents, compute sentence embeddings]
            targets: {ttft-ms: 150, p99-ms: 250, success-probability: 0.99}
            qos: {policy: PREFERRED, qos-reference: ai-interactive, max-bw-ul: 20 Mbps, \
        max-bw-dl: 20 Mbps}
            service-address: {address: 127.0.0.1, protocol: TCP, port: %d}
            service-uri: http://127.0.0.1:%d/v1
            mobility: MAKE_BEFORE_BREAK
        not-offered: []
        anchors:
        %s%s\
        """
        .formatted(TestSet.AISI, service.port(), service.port(), anchor("a", a), anchor("b", b));
  }

  private static String anchor(String id, AnchorPart anchor) {
    return """
          - id: %s
            dnai: edge-%s
            agent-enforcer-id: %s
            gate-enforcer-id: %s
            admission-uri: http://127.0.0.1:%d
            endpoint: 127.0.0.1:%d
            country: DE
            trust: 4
            predicted-latency-ms: 12
            price-per-1000: 0.30
            slots: 1000
            aisis: ["%s"]
        """
        .formatted(
            id,
            id,
            AnchorPart.enforcer(id),
            GatePart.ENFORCER,
            anchor.agent().sbiPort(),
            anchor.agent().agent().guardPort(),
            TestSet.AISI)
        .indent(2);
  }

  Aipf aipf() {
    return aipf;
  }

  QosPart qos() {
    return qos;
  }

  GatePart gate() {
    return gate;
  }

  AnchorPart anchor() {
    return a;
  }

  NaipfPaging paging() {
    return aipf.paging();
  }

  int port() {
    return aipf.port().getAsInt();
  }

  ClientConfig client() {
    return local(port());
  }

  /** The address of a UE nobody has paged for. */
  String nextUe() {
    made++;
    return "10.45." + made / 250 + "." + (1 + made % 250);
  }

  /** The example page, for the next UE. */
  ObjectNode nextPage() {
    ObjectNode page = Example.named(NaipfPaging.CONTRACT, "CreateSession-request.json");
    ((ObjectNode) page.get("ue")).put("ueAddress", nextUe());
    return page;
  }

  /** A new session, which is then watched if it is the first. */
  Session paged() {
    Session session =
        paging().createSession(call(), Members.record(nextPage(), CreateSession.class));
    watched = watched == null ? session.sessionId() : watched;
    return session;
  }

  /** Moves a session to the other anchor. */
  void moved(Session session) {
    paging().relocateSession(call(), new RelocateSession(session.sessionId(), null));
  }

  /** Gives a session back. */
  void released(Session session) {
    paging().releaseSession(call(), new ReleaseSession(session.sessionId()));
  }

  /**
   * Every session with its leases and what is left at gate, anchors and core, once all is quiet.
   */
  JsonNode state() {
    ObjectNode state = Json.MAPPER.createObjectNode();
    state.set("sessions", Json.MAPPER.valueToTree(settled()));
    state.set("gate", gate.grants());
    state.set("a", a.load());
    state.set("b", b.load());
    state.set("core", qos.atCore());
    if (watched != null) {
      state.set(
          "evidence",
          Json.MAPPER.valueToTree(
              paging().listEvidence(call(), new ListEvidence(watched, null)).records()));
    }
    return state;
  }

  private List<Session> settled() {
    long end = System.nanoTime() + SETTLES_WITHIN.toNanos();
    while (true) {
      List<Session> sessions =
          paging().listSessions(call(), new ListSessions(null, null, null, 200, null)).sessions();
      if (sessions.stream().noneMatch(PagingPart::moves)) {
        return sessions;
      }
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("still moving: " + sessions);
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private static boolean moves(Session session) {
    return List.of("PREPARING", "RELOCATING", "ENDING").contains(session.state())
        || session.leases().stream().map(SessionLease::state).anyMatch("DRAINING"::equals);
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private <T extends AutoCloseable> T kept(T part) {
    parts.add(part);
    return part;
  }

  private static ClientConfig local(int port) {
    return ClientConfig.cleartext(URI.create("http://127.0.0.1:" + port));
  }

  private static Call call() {
    return Call.within("aipf-test", Instant.now(), Duration.ofSeconds(10));
  }
}
