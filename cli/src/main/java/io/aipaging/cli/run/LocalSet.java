package io.aipaging.cli.run;

import io.aipaging.aexf.Agent;
import io.aipaging.aipf.Aipf;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.AipfMain;
import io.aipaging.aipf.AipfWiring;
import io.aipaging.certs.DevKeys;
import io.aipaging.certs.DevTokenIssuer;
import io.aipaging.cli.deploy.CorePeer;
import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.lab.model.Embedder;
import io.aipaging.lab.model.MiniLmEmbedder;
import io.aipaging.lab.model.ModelServer;
import io.aipaging.nef.NefMain;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.pcfadapter.PcfAdapter;
import io.aipaging.pcfadapter.PcfAdapterMain;
import io.aipaging.protocol.UeHashKey;
import io.aipaging.protocol.enforcer.PublishedKeys;
import io.aipaging.sbi.transport.SbiVertx;
import io.aipaging.simulators.PcfSimulator;
import io.aipaging.smfadapter.SmfAdapter;
import io.aipaging.smfadapter.SmfAdapterMain;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A whole set in this process: functions call each other directly, without an HTTP hop. */
final class LocalSet implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private LocalSet() {}

  /**
   * Starts everything.
   *
   * @param core a core that runs; null starts a simulated PCF
   */
  static LocalSet start(Deployment deployment, Path catalog, @Nullable CorePeer core)
      throws Exception {
    LocalSet set = new LocalSet();
    try {
      set.wire(deployment, catalog, core);
      return set;
    } catch (Exception e) {
      set.close();
      throw e;
    }
  }

  private void wire(Deployment deployment, Path catalog, @Nullable CorePeer core) throws Exception {
    Vertx vertx = SbiVertx.create();
    keep(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    keep(DevTokenIssuer.start(deployment.issuer(), Clock.systemUTC(), vertx));
    AipfConfig config = deployment.aipf(catalog);
    LateKeys keys = new LateKeys(AipfMain.signingKeys(config));
    UeHashKey ueHash = new UeHashKey(DevKeys.ueHashKey(deployment.ueHashKeyFile()));
    if (core == null) {
      keep(PcfSimulator.start(deployment.simulation().pcf()));
    }
    LateEvents events = new LateEvents();
    PcfAdapter qos =
        keep(
            PcfAdapterMain.start(
                deployment.pcfAdapter(core == null ? deployment.simulation().pcfPeer() : core),
                events));
    SmfAdapter gate = keep(SmfAdapterMain.start(deployment.smfAdapter(core), keys, events));
    Map<String, NaexfAdmission> anchors =
        anchors(deployment, published(keys, vertx), ueHash, vertx);
    Aipf aipf =
        keep(
            AipfMain.start(
                config,
                AipfWiring.peers(
                        qos.qosBinding(),
                        id -> Optional.of(gate.steering()).filter(g -> id.equals(Deployment.GATE)),
                        id -> Optional.ofNullable(anchors.get(id)))
                    .with(deployment.catalogVariables())));
    keys.comeFrom(aipf.keyinfo());
    events.goTo(aipf.events());
    keep(NefMain.start(deployment.nef(), aipf.paging()));
  }

  /** What the anchors verify by, each for itself as everywhere. */
  private static PublishedKeys published(LateKeys keys, Vertx vertx) {
    PublishedKeys published =
        new PublishedKeys(
            () ->
                keys.getKeys(
                        Call.within(
                            "anchors",
                            InstantSource.system().instant(),
                            PublishedKeys.FETCH_TIME_MAX),
                        new GetKeys())
                    .keys(),
            System::nanoTime);
    vertx.setPeriodic(
        PublishedKeys.REFRESH_EVERY.toMillis(), _ -> Thread.startVirtualThread(published::refresh));
    return published;
  }

  private Map<String, NaexfAdmission> anchors(
      Deployment deployment, PublishedKeys published, UeHashKey ueHash, Vertx vertx) {
    Embedder embedder = new MiniLmEmbedder();
    Map<String, NaexfAdmission> anchors = new HashMap<>();
    for (AnchorSpot spot : deployment.layout().anchors()) {
      keep(ModelServer.start("127.0.0.1", spot.modelPort(), ModelServer.MODEL, embedder));
      Agent agent =
          keep(
              Agent.start(
                  deployment.agent(spot).anchor(),
                  new Agent.Surroundings(
                      published, ueHash, Clock.systemUTC(), vertx, denied -> {})));
      anchors.put(spot.id(), agent.admission());
    }
    return anchors;
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  /** Stops everything, last started first. */
  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure = failure == null ? new IllegalStateException("not ended cleanly", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
