package io.aipaging.pcfadapter;

import io.aipaging.openapi.Refusal;
import io.aipaging.pcfadapter.qosbinding.PduSessions;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionWriter;
import io.aipaging.pcfadapter.qosbinding.n5.BsfPduSessions;
import io.aipaging.pcfadapter.qosbinding.n5.DiscoveredPcfs;
import io.aipaging.pcfadapter.qosbinding.n5.N5PolicyAuthorization;
import io.aipaging.pcfadapter.qosbinding.n5.SmfPduInfo;
import io.aipaging.sbi.bsf.BsfLookup;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.oauth.TokenSource;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the configured core is reached: one PCF, or all that its NRF and BSF name. */
final class CoreAccess implements AutoCloseable {
  private static final String PCF_SERVICE = "npcf-policyauthorization";
  private static final String BSF_SERVICE = "nbsf-management";
  private static final int PEERS_MAX = 64;

  private final PcfAdapterConfig config;
  private final CoreProfile profile;
  private final Vertx vertx;
  private final @Nullable Nrf nrf;
  private final Map<Peer, RawClient> peers = new ConcurrentHashMap<>();
  private final Map<Peer, N5PolicyAuthorization> pcfs = new ConcurrentHashMap<>();

  /**
   * Somebody of the core.
   *
   * @param nfType whose access tokens are shown; null shows none
   * @param service service called
   * @param client how it is reached
   * @param target {@code apiRoot} meant, where {@code client} leads to the SCP
   */
  private record Peer(
      @Nullable String nfType, String service, ClientConfig client, @Nullable URI target) {}

  CoreAccess(PcfAdapterConfig config, Vertx vertx, Metrics metrics) {
    this.config = config;
    this.profile = config.core().profile();
    this.vertx = vertx;
    NrfConfig registry = config.nrf();
    this.nrf =
        registry == null
            ? null
            : Nrf.open(registry, profile, new Nrf.Who("nf-pcf-adapter", List.of()), vertx);
    Nrf known = nrf;
    if (known != null) {
      metrics.gauge("pcfadapter.nrf.registered", () -> known.registeredAs().isPresent() ? 1 : 0);
    }
  }

  /** Who says whose PDU session an address is: its SMFs where they are named, else the BSF. */
  PduSessions pduSessions() {
    List<URI> smfs = config.pcf().pduInfo();
    Duration answer = config.pcf().answerWithin();
    if (smfs != null && !smfs.isEmpty()) {
      return new SmfPduInfo(
          smfs.stream()
              .map(
                  uri ->
                      ClientConfig.cleartext(uri)
                          .overHttp1()
                          .with(Duration.ofSeconds(2), answer, 0))
              .map(client -> reached(new Peer(null, "pdu-info", client, null)))
              .toList(),
          answer);
    }
    BsfLookup known = bsf();
    return known == null ? PduSessions.UNKNOWN : new BsfPduSessions(known);
  }

  private @Nullable BsfLookup bsf() {
    Nrf registry = nrf;
    NrfConfig found = config.nrf();
    if (registry == null || found == null) {
      return null;
    }
    return new BsfLookup(
        () -> registry.discover("BSF", BSF_SERVICE),
        uri -> reached(peer(found, "BSF", BSF_SERVICE, uri)),
        config.pcf().answerWithin());
  }

  /** The core's app sessions, told of at {@code callbackBase}. */
  PolicyAuthorization policyAuthorization(String callbackBase) {
    AppSessionWriter writer =
        new AppSessionWriter(profile.n5(), config.pcf().sessions(), callbackBase);
    ClientConfig fixed = config.pcf().client();
    Nrf registry = nrf;
    if (fixed != null) {
      return driver(new Peer("PCF", PCF_SERVICE, unqueued(fixed), null), writer);
    }
    NrfConfig found = config.nrf();
    BsfLookup bsf = bsf();
    if (registry == null || found == null || bsf == null) {
      throw new IllegalStateException("a configuration without PCF has an NRF");
    }
    return new DiscoveredPcfs(
        bsf,
        () -> registry.discover("PCF", PCF_SERVICE),
        uri -> driver(peer(found, "PCF", PCF_SERVICE, uri), writer),
        profile.n5().supiNeeded());
  }

  /** Reached itself, or through the SCP where there is one. */
  private Peer peer(NrfConfig found, String nfType, String service, URI apiRoot) {
    Duration answer = config.pcf().answerWithin();
    URI scp = found.scp();
    ClientConfig client =
        found
            .client(scp == null ? apiRoot : scp, profile.http2())
            .with(found.answerWithin(), answer, 0);
    return new Peer(nfType, service, unqueued(client), scp == null ? null : apiRoot);
  }

  /** Over HTTP/1.1 a request needs a connection: no UE waits for the answer about another. */
  private ClientConfig unqueued(ClientConfig pcf) {
    return pcf.http2() ? pcf : pcf.withConnections(config.lanes().inFlightMax());
  }

  private N5PolicyAuthorization driver(Peer pcf, AppSessionWriter writer) {
    return pcfs.computeIfAbsent(
        pcf, peer -> new N5PolicyAuthorization(reached(peer), writer, config.pcf().answerWithin()));
  }

  /** A core that names ever new peers must not make us open ever more connections. */
  private RawClient reached(Peer peer) {
    if (peers.size() >= PEERS_MAX && !peers.containsKey(peer)) {
      throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "The core names too many peers.");
    }
    return peers.computeIfAbsent(peer, this::open);
  }

  private RawClient open(Peer peer) {
    Nrf registry = nrf;
    String nfType = peer.nfType();
    TokenSource tokens =
        registry == null || nfType == null ? TokenSource.none() : registry.tokens(nfType);
    return RawClient.create(
        peer.client(), new RawClient.Access(tokens, peer.service(), peer.target()), vertx);
  }

  @Override
  public void close() {
    if (nrf != null) {
      nrf.close();
    }
    peers.values().forEach(RawClient::close);
  }
}
