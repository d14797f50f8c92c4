package io.aipaging.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.aexf.AgentMain;
import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.lab.model.Embedder;
import io.aipaging.lab.model.ModelServer;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.EnforcedLease;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.SbiClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ClientTlsConfig;
import io.aipaging.sbi.contract.HttpNaipfKeyinfo;
import io.aipaging.sbi.contract.HttpNaipfPaging;
import io.aipaging.sbi.contract.HttpNsmfadapterSteering;
import io.aipaging.sbi.oauth.ClientCredentials;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.smfadapter.SmfAdapterMain;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Everything an AIPF works with, on free ports of loopback: issuer, PCF and its adapter, two
 * anchors with models that answer zeros, and the gate, unless that is a process of its own. They
 * stay alive.
 */
final class Neighbours implements AutoCloseable {
  static final Duration CALL_TIME = Duration.ofSeconds(8);
  private final Path folder;
  private final Deployment deployment;
  private final List<AgentMain> agents = new ArrayList<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Zeros model = new Zeros(new LongAdder());
  private final NsmfadapterSteering gate;

  private Neighbours(Path folder, Layout.Terms terms, boolean gateApart) throws Exception {
    this.folder = folder;
    deployment = new Deployment(folder, LoopbackLayout.onFreePorts(terms));
    Clock clock = Clock.systemUTC();
    keep(DevTokenIssuer.start(deployment.issuer(), clock, null));
    keep(PcfSimulator.start(deployment.simulation().pcf()));
    keep(PcfAdapterMain.start(deployment.pcfAdapter(deployment.simulation().pcfPeer())));
    for (Layout.AnchorSpot spot : deployment.layout().anchors()) {
      keep(ModelServer.start("127.0.0.1", spot.modelPort(), ModelServer.MODEL, model));
      agents.add(keep(AgentMain.start(deployment.agent(spot), clock)));
    }
    gate =
        gateApart
            ? new HttpNsmfadapterSteering(
                client(deployment.smfAdapterUri(), Deployment.SMF_ADAPTER))
            : keep(SmfAdapterMain.start(deployment.smfAdapter())).steering();
  }

  /** All of them. */
  static Neighbours start(Path folder, Layout.Terms terms) throws Exception {
    return new Neighbours(folder, terms, false);
  }

  /** All but the gate. */
  static Neighbours startWithoutGate(Path folder, Layout.Terms terms) throws Exception {
    return new Neighbours(folder, terms, true);
  }

  /** A model that starts at once, and how often it was asked. */
  private record Zeros(LongAdder asked) implements Embedder {
    @Override
    public int dimensions() {
      return 4;
    }

    @Override
    public Embeddings embed(List<String> texts) {
      asked.increment();
      return new Embeddings(
          texts.stream().map(text -> new float[dimensions()]).toList(), texts.size());
    }
  }

  /** Closes {@code part} when this is closed, the latest first. */
  <T extends AutoCloseable> T keep(T part) {
    closing.push(part);
    return part;
  }

  Deployment deployment() {
    return deployment;
  }

  /** Folder of everybody's files. */
  Path folder() {
    return folder;
  }

  /** The AIPF that listens on {@code port}, for an operator. */
  NaipfPaging aipf(int port) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + port);
    return new HttpNaipfPaging(client(uri, Deployment.AIPF));
  }

  /** The keys of the AIPF that listens on {@code port}. */
  NaipfKeyinfo keyinfo(int port) throws Exception {
    URI uri = URI.create("https://127.0.0.1:" + port);
    return new HttpNaipfKeyinfo(client(uri, Deployment.AIPF));
  }

  /** What the AIPF at the set's address says of its readiness: 200 or 503, and why. */
  HttpResponse<String> readiness() throws Exception {
    int port = deployment.layout().ports().aipfManagement();
    return asked(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")));
  }

  private HttpResponse<String> asked(HttpRequest.Builder request) throws Exception {
    return http.send(
        request.version(HttpClient.Version.HTTP_1_1).timeout(CALL_TIME).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private SbiClient client(URI uri, String audience) throws Exception {
    ConnectionFile set = deployment.connection();
    ClientCredentials tokens =
        keep(
            ClientCredentials.at(
                peer(set.issuerUri()),
                new ClientCredentials.Credentials(
                    set.clientId(), Files.readString(set.clientSecretFile()).strip(), audience),
                null));
    return keep(SbiClient.create(peer(uri), tokens));
  }

  private ClientConfig peer(URI uri) {
    return ClientConfig.tls(uri, ClientTlsConfig.trusting(deployment.connection().trustFile()));
  }

  /** An AIPF in a process of its own at the set's address, with {@code environment} besides. */
  Child aipfChild(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(deployment.catalogVariables());
    all.putAll(environment);
    return new Child(folder, "aipf", "aipf", deployment.aipf(Repository.catalog()), all);
  }

  /** The AIPF at the set's address, as its consumers see it. */
  Doors doors() throws Exception {
    return new Doors(List.of(aipf(deployment.layout().ports().aipf())));
  }

  /** A call that takes no longer than {@link #CALL_TIME}. */
  static Call call() {
    return Call.within("operator", Instant.now(), CALL_TIME);
  }

  /** What gate and anchors carry and admit now. */
  List<Held> held() {
    List<Held> held = new ArrayList<>(atGate());
    for (AgentMain agent : agents) {
      var page = agent.agent().admission().listLeases(call(), new ListLeases());
      requireWhole(page.nextPageToken());
      page.leases().forEach(each -> held.add(held("anchor " + each.anchorId(), each)));
    }
    return held;
  }

  /** What the gate carries now. */
  List<Held> atGate() {
    var page = gate.listGrants(call(), new ListGrants());
    requireWhole(page.nextPageToken());
    return page.grants().stream().map(each -> held("gate", each)).toList();
  }

  /** One page is of one instant, several are not. */
  private static void requireWhole(@Nullable String nextPageToken) {
    if (nextPageToken != null) {
      throw new IllegalStateException("more leases than one page holds");
    }
  }

  private static Held held(String where, EnforcedLease lease) {
    return new Held(
        where, lease.sessionId(), lease.leaseId(), lease.gen(), lease.role(), lease.expiresAt());
  }

  /** Requests that have reached a model so far. */
  long reachedModels() {
    return model.asked().sum();
  }

  /** UE of every app session at the PCF. */
  List<String> boundUes() throws Exception {
    List<String> ues = new ArrayList<>();
    for (JsonNode session : pcf().path("sessions")) {
      ues.add(session.path("ue").asText());
    }
    return ues;
  }

  /** What was done to the PCF that would have harmed a real core. */
  String harmAtPcf() throws Exception {
    JsonNode violations = pcf().path("violations");
    return violations.isEmpty() ? "" : violations.toString();
  }

  private JsonNode pcf() throws Exception {
    return Json.MAPPER.readTree(control("GET", "/state", ""));
  }

  /** Sets how the simulated PCF behaves; {@code {}} is normal again. */
  void pcfBehaves(String behaviour) throws Exception {
    control("PUT", "/behaviour", behaviour);
  }

  private String control(String method, String path, String body) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + deployment.layout().ports().pcfControl() + path);
    HttpResponse<String> answer =
        asked(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofString(body)));
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer);
    }
    return answer.body();
  }

  @Override
  public void close() throws Exception {
    http.shutdownNow();
    while (!closing.isEmpty()) {
      closing.pop().close();
    }
  }
}
