package io.aipaging.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.aexf.AgentConfig;
import io.aipaging.aexf.AgentMain;
import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.lab.model.Embedder;
import io.aipaging.lab.model.ModelServer;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.ListSessions;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.paging.ReleaseSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.paging.Ue;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.pcfadapter.PcfAdapter;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.config.Configuration;
import io.aipaging.sbi.contract.HttpNaipfPaging;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.simulators.pcf.RunningPcf;
import io.aipaging.smfadapter.SmfAdapter;
import io.aipaging.smfadapter.SmfAdapterMain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Everything around an AIPF, on free ports of loopback: functions reach each other over TLS with
 * access tokens, and each can be stopped and started for itself. The model answers zeros: what is
 * tested is who gets through.
 */
final class BreakableSet implements AutoCloseable {
  static final String UE = "127.0.0.31";
  private static final Set<String> OVER = Set.of("RELEASED", "REJECTED", "EXPIRED", "REVOKED");
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CALL_TIME = Duration.ofSeconds(20);
  private static final Layout.Terms TERMS =
      new Layout.Terms(
          Duration.ofSeconds(6),
          Duration.ofSeconds(1),
          Duration.ofMillis(250),
          Duration.ofSeconds(1));

  final Deployment deployment;
  final Part<RunningPcf> pcf;
  final PcfControl core;
  final Part<PcfAdapter> pcfAdapter;
  final Part<SmfAdapter> gate;
  final List<Part<ModelServer>> models;
  final List<Part<AgentMain>> agents;
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final NaipfPaging operator;

  BreakableSet(Path folder) throws Exception {
    this(folder, TERMS);
  }

  BreakableSet(Path folder, Layout.Terms terms) throws Exception {
    this(folder, terms, 64);
  }

  /** Each anchor admits {@code slots} sessions at once. */
  BreakableSet(Path folder, Layout.Terms terms, int slots) throws Exception {
    deployment = new Deployment(folder, LoopbackLayout.onFreePorts(terms));
    Clock clock = Clock.systemUTC();
    closing.push(DevTokenIssuer.start(deployment.issuer(), clock, null));
    pcf = keep(Part.started(() -> PcfSimulator.start(deployment.simulation().pcf())));
    core = keep(new PcfControl(deployment.layout().ports().pcfControl()));
    pcfAdapter =
        keep(
            Part.started(
                () ->
                    PcfAdapterMain.start(
                        deployment.pcfAdapter(deployment.simulation().pcfPeer()))));
    gate = keep(Part.started(() -> SmfAdapterMain.start(deployment.smfAdapter())));
    var spots = deployment.layout().anchors();
    models = List.of(model(spots.get(0)), model(spots.get(1)));
    agents =
        List.of(
            keep(Part.started(() -> AgentMain.start(agent(spots.get(0), slots), clock))),
            keep(Part.started(() -> AgentMain.start(agent(spots.get(1), slots), clock))));
    operator = operator();
  }

  private AgentConfig agent(Layout.AnchorSpot spot, int slots) {
    return Configuration.parse(
        AgentConfig.class,
        Configuration.text(deployment.agent(spot)),
        Map.of("AIPAGING_AEXF_ANCHOR_SLOTS", String.valueOf(slots)),
        "AIPAGING_AEXF");
  }

  private Part<ModelServer> model(Layout.AnchorSpot spot) throws Exception {
    return keep(
        Part.started(
            () ->
                ModelServer.start("127.0.0.1", spot.modelPort(), ModelServer.MODEL, new Zeros())));
  }

  /** A model that starts at once. */
  private record Zeros() implements Embedder {
    @Override
    public int dimensions() {
      return 384;
    }

    @Override
    public Embeddings embed(List<String> texts) {
      return new Embeddings(
          texts.stream().map(text -> new float[dimensions()]).toList(), texts.size());
    }
  }

  private NaipfPaging operator() throws Exception {
    ConnectionFile set = deployment.connection();
    ClientCredentials tokens =
        keep(
            ClientCredentials.at(
                peer(set.issuerUri()),
                new ClientCredentials.Credentials(
                    set.clientId(),
                    Files.readString(set.clientSecretFile()).strip(),
                    Deployment.AIPF),
                null));
    return new HttpNaipfPaging(keep(SbiClient.create(peer(set.aipfUri()), tokens)));
  }

  private ClientConfig peer(URI uri) {
    return ClientConfig.tls(uri, ClientTlsConfig.trusting(deployment.connection().trustFile()));
  }

  <T extends AutoCloseable> T keep(T part) {
    closing.push(part);
    return part;
  }

  /** Pages for {@link #UE}; throws the refusal. */
  Session page() {
    return page(UE);
  }

  Session page(String ue) {
    CreateSession wish =
        new CreateSession(
            null,
            new Ue(ue, null, null, null),
            new Intent(null, "EMBEDDING", null, null, List.of("EU"), null, null),
            TokenBinding.ueAddress(),
            600);
    return operator.createSession(call().withIdempotencyKey(UUID.randomUUID().toString()), wish);
  }

  NaipfPaging operatorView() {
    return operator;
  }

  Session session(String id) {
    return operator.getSession(call(), new GetSession(id));
  }

  /** Sessions of the UE, also those that are over. */
  List<Session> sessions() {
    return operator.listSessions(call(), new ListSessions(null, UE, null, 100, null)).sessions();
  }

  void release(Session session) {
    operator.releaseSession(call(), new ReleaseSession(session.sessionId()));
  }

  /** Releases what a test left, so that the UE can page again. */
  void releaseAll() throws Exception {
    sessions().stream().filter(session -> !OVER.contains(session.state())).forEach(this::release);
    awaitNothingLeft();
  }

  List<String> evidence(String id) {
    return operator.listEvidence(call(), new ListEvidence(id, null)).records();
  }

  Call call() {
    return Call.within("operator", Instant.now(), CALL_TIME);
  }

  /** Leases that the gate carries. */
  int grants() {
    return gate.get().steering().listGrants(call(), new ListGrants()).grants().size();
  }

  /** Slots that a living agent has given away. */
  int slotsHeld(int anchor) {
    return agents
        .get(anchor)
        .get()
        .agent()
        .admission()
        .getStatus(call(), new GetStatus())
        .slotsHeld();
  }

  /** Waits until neither PCF nor gate nor anchors, as far as they live, have anything left. */
  void awaitNothingLeft() throws Exception {
    if (pcf.get() != null) {
      Await.until(PATIENCE, "no app session at the PCF", () -> core.appSessions() == 0);
    }
    if (gate.get() != null) {
      Await.until(PATIENCE, "no grant at the gate", () -> grants() == 0);
    }
    for (int anchor = 0; anchor < agents.size(); anchor++) {
      int index = anchor;
      if (agents.get(anchor).get() != null) {
        Await.until(PATIENCE, "no slot held at " + anchor, () -> slotsHeld(index) == 0);
      }
    }
  }

  /** Status the UE gets for an embedding; 0 when the path is closed. */
  int embed(HttpsUser ue, Session session) throws Exception {
    try {
      return ue.call(
              "POST",
              session.serviceUri() + "/embeddings",
              session.token().accessToken(),
              "{\"model\": \"all-MiniLM-L6-v2\", \"input\": \"a heron\"}")
          .status();
    } catch (IOException e) {
      return 0;
    }
  }

  JsonNode lastEvidence(String id) throws Exception {
    return Json.MAPPER.readTree(evidence(id).getLast());
  }

  HttpsUser ue() throws Exception {
    return HttpsUser.trusting(deployment.connection().trustFile(), UE);
  }

  @Override
  public void close() throws Exception {
    while (!closing.isEmpty()) {
      closing.pop().close();
    }
  }
}
