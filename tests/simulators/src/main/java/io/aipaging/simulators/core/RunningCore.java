package io.aipaging.simulators.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.sbi.Json;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.pcf.PcfSimulatorConfig;
import io.aipaging.simulators.pcf.PduSessionBook;
import io.aipaging.simulators.pcf.RunningPcf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A simulated core that listens: NRF, BSF and PCF, with BSF, PCF and UDR registered at the NRF. */
public final class RunningCore implements AutoCloseable {
  /** Nobody listens there. */
  private static final int DEAD_PORT = 1;

  private final Vertx vertx;
  private final String host;
  private final SimulatedNrf nrf;
  private final TokenBook tokens;
  private final boolean oauth2;
  private final PduSessionBook book;
  private final BsfServer bsf;
  private final RunningPcf pcf;
  private final HttpServer nrfListener;
  private final UserPlane plane;
  private final SmfServer smf;
  private final UdrServer udr;
  private final ScpServer scp;
  private final HttpServer scpListener;
  private final SmfInfoServer smfInfo;
  private final HttpServer smfListener;
  private final Set<Quirk> quirks;
  private final String smfCallback;
  private volatile boolean callback = true;

  private RunningCore(CoreSimulatorConfig config, Vertx vertx) {
    PcfSimulatorConfig ofPcf = config.pcf();
    this.quirks = config.quirks();
    this.vertx = vertx;
    this.host = ofPcf.host();
    this.tokens = new TokenBook();
    this.oauth2 = config.oauth2();
    this.book = new PduSessionBook(ofPcf.ues());
    AtomicReference<URI> smfUri = new AtomicReference<>();
    this.plane = new UserPlane();
    this.smf = new SmfServer(vertx, quirks, plane, smfUri::get, Oracles.smf(ofPcf));
    HttpServer smfCallbacks = settle(NfServer.listen(vertx, host, 0, quirks, smf::answer));
    smfUri.set(URI.create("http://" + host + ":" + smfCallbacks.actualPort()));
    this.pcf = RunningPcf.start(ofPcf, new Surroundings(), book);
    this.nrf =
        new SimulatedNrf(
            quirks, config.oauth2(), System::nanoTime, this::nrfUri, Oracles.nrf(ofPcf));
    this.bsf = new BsfServer(book, host, pcf.port(), quirks);
    HttpServer bsfListener =
        settle(NfServer.listen(vertx, host, config.bsfPort(), quirks, bsf::answer));
    NrfServer nrfServer = new NrfServer(nrf, tokens, quirks, config.oauth2());
    this.nrfListener =
        settle(NfServer.listen(vertx, host, config.nrfPort(), quirks, nrfServer::answer));
    this.smfInfo = new SmfInfoServer(book, this::flows);
    this.smfListener = settle(NfServer.listen(vertx, host, 0, Set.of(), smfInfo::answer));
    this.udr = new UdrServer(plane, smf, quirks, config.oauth2(), Oracles.udr(ofPcf));
    HttpServer udrListener = settle(NfServer.listen(vertx, host, 0, quirks, udr::answer));
    this.scp = new ScpServer(vertx, quirks);
    this.scpListener = settle(scp.listen(vertx, host));
    if (quirks.contains(Quirk.F_05)) {
      register("PCF", "npcf-policyauthorization", DEAD_PORT, quirks);
      register("BSF", "nbsf-management", DEAD_PORT, quirks);
    }
    register("PCF", "npcf-policyauthorization", pcf.port(), quirks);
    register("BSF", "nbsf-management", bsfListener.actualPort(), quirks);
    register("UDR", "nudr-dr", udrListener.actualPort(), quirks);
    register("SMF", "nsmf-pdusession", smfCallbacks.actualPort(), quirks);
    this.smfCallback = register("SMF", "nsmf-callback", smfCallbacks.actualPort(), quirks);
    if (!quirks.contains(Quirk.F_50)) {
      register("SMF", "nsmf-event-exposure", smfCallbacks.actualPort(), quirks);
    }
  }

  /** What the PCF knows of the others. */
  private final class Surroundings implements RunningPcf.Surroundings {
    @Override
    public boolean admits(@Nullable String authorization) {
      return !oauth2 || tokens.accepts(authorization, "npcf-policyauthorization");
    }

    @Override
    public void routed(String id, String ue, @Nullable JsonNode route) {
      if (route == null) {
        plane.remove(id).ifPresent(gone -> smf.steer(gone.withdrawn()));
        return;
      }
      JsonNode told = route.path("upPathChgSub");
      UserPlane.Influence wanted =
          new UserPlane.Influence(
              book.supi(ue),
              route.at("/routeToLocs/0/dnai").asText(""),
              told.path("notificationUri").asText(),
              told.path("notifCorreId").asText(),
              told.path("dnaiChgType").asText(),
              told.path("afAckInd").asBoolean());
      if (!plane.put(id, wanted)) {
        smf.steer(wanted);
      }
    }

    @Override
    public JsonNode state() {
      ObjectNode state = JsonNodeFactory.instance.objectNode();
      state.set("registered", Json.MAPPER.valueToTree(nrf.consumers()));
      state.set("nrf", Json.MAPPER.valueToTree(nrf.counts()));
      state.set("bsf", Json.MAPPER.valueToTree(bsf.counts()));
      return state;
    }
  }

  /** Starts one; returns once all listen. */
  public static RunningCore start(CoreSimulatorConfig config) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try {
      return new RunningCore(config, vertx);
    } catch (RuntimeException e) {
      settle(vertx.close());
      throw e;
    }
  }

  private String register(String nfType, String service, int port, Set<Quirk> quirks) {
    String id = UUID.randomUUID().toString();
    nrf.registerOwn(id, OwnProfile.of(id, nfType, service, host + ":" + port, quirks));
    return id;
  }

  private static <T> T settle(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** {@code apiRoot} of the NRF. */
  public URI nrfUri() {
    return URI.create("http://" + host + ":" + nrfListener.actualPort());
  }

  /** Where each subscriber's packets leave the core, if anywhere special. */
  public Map<String, String> userPlanePaths() {
    return plane.paths();
  }

  /** Traffic influence data by its name. */
  public Map<String, JsonNode> influenceData() {
    return udr.data();
  }

  /** How often influence data was written and deleted, by HTTP method. */
  public Map<String, Long> influenceCounts() {
    return udr.counts();
  }

  /** What was written against TS 29.519; null where that is not here. */
  public @Nullable List<String> influenceFaults() {
    return udr.faults();
  }

  /** The SMF moves a UE by itself. */
  public void moveUserPlane(String ue, String dnai) {
    smf.move(book.supi(ue), dnai);
  }

  /** Subscriptions to path changes at the SMF. */
  public int smfSubscriptions() {
    return smf.subscribed();
  }

  /** The SMF forgets who has subscribed to path changes. */
  public void forgetSmfSubscriptions() {
    smf.forget();
  }

  /** What the SMF was acknowledged, as {@code EARLY edge-b SUCCESS}; {@code NONE} for silence. */
  public List<String> pathAcks() {
    return smf.acks();
  }

  /** What was acknowledged against TS 29.508; null where that is not here. */
  public @Nullable List<String> pathAckFaults() {
    return smf.faults();
  }

  /** {@code apiRoot} of the SCP. */
  public URI scpUri() {
    return URI.create("http://" + host + ":" + scpListener.actualPort());
  }

  /** The NFs behind the SCP restart: the first request to each is not passed on (O-16). */
  public void restartBehindScp() {
    scp.restarted();
  }

  /** Requests that the SCP has passed on. */
  public long scpPassed() {
    return scp.passed();
  }

  /** Where the SMF lists its PDU sessions, as Open5GS's does. */
  public URI smfInfoUri() {
    return URI.create("http://" + host + ":" + smfListener.actualPort());
  }

  /** The SMF's list is an error from now on. */
  public void breakSmfInfo() {
    smfInfo.fail();
  }

  /** How often the SMF's list was asked for. */
  public long smfInfoAsked() {
    return smfInfo.asked();
  }

  /** The SMF offers its callbacks at the NRF no longer (F-37). */
  public void withdrawSmfCallback() {
    callback = false;
    nrf.withdrawOwn(smfCallback);
  }

  /** Flows of a UE's app sessions that the SMF carries. */
  public long flows(String ue) {
    boolean unheard = quirks.contains(Quirk.F_37) && oauth2 && !callback;
    return unheard ? 0 : pcf.flows(ue);
  }

  /** The PCF. */
  public RunningPcf pcf() {
    return pcf;
  }

  /** App sessions that the PCF has. */
  public int pcfSessions() {
    return pcf.sessions();
  }

  /** What was done that would have harmed a real PCF. */
  public int pcfViolations() {
    return pcf.violations();
  }

  /** NF types of all that have registered from outside the core, by instance id. */
  public Map<String, String> consumers() {
    return nrf.consumers();
  }

  /** How often the NRF was asked to {@code register}, {@code discover} and so on. */
  public Map<String, Long> nrfCounts() {
    return nrf.counts();
  }

  /** What was sent to the NRF against TS 29.510; null where that is not here. */
  public @Nullable List<String> nrfFaults() {
    return nrf.faults();
  }

  /** How often the BSF was asked. */
  public Map<String, Long> bsfCounts() {
    return bsf.counts();
  }

  /** The NRF forgets who has registered from outside the core. */
  public void forgetConsumers() {
    nrf.forgetConsumers();
  }

  /** The BSF knows no session any longer, or all again. */
  public void forgetBindings(boolean forgets) {
    bsf.forget(forgets);
  }

  /** Access tokens issued so far are good for nothing. */
  public void revokeTokens() {
    tokens.revokeAll();
  }

  @Override
  public void close() {
    pcf.close();
    settle(vertx.close());
  }
}
