package io.aipaging.pcfadapter;

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
import io.aipaging.sbi.nrf.NfPeers;
import io.aipaging.sbi.nrf.Nrf;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.sbi.oauth.TokenSource;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** How the configured core is reached: one PCF, or all that its NRF and BSF name. */
final class CoreAccess implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
  private static final NfPeers.Kind PCF = new NfPeers.Kind("PCF", "npcf-policyauthorization");

  private final PcfAdapterConfig config;
  private final CoreProfile profile;
  private final Vertx vertx;
  private final @Nullable Nrf nrf;
  private final @Nullable NfPeers peers;
  private final List<RawClient> fixed = new CopyOnWriteArrayList<>();

  CoreAccess(PcfAdapterConfig config, Vertx vertx, Metrics metrics) {
    this.config = config;
    this.profile = config.core().profile();
    this.vertx = vertx;
    NrfConfig registry = config.nrf();
    if (registry == null) {
      this.nrf = null;
      this.peers = null;
      return;
    }
    Nrf known = Nrf.open(registry, profile, new Nrf.Who("nf-pcf-adapter", List.of()), vertx);
    this.nrf = known;
    this.peers = new NfPeers(known, registry, this::tuned, profile, vertx);
    metrics.gauge("pcfadapter.nrf.registered", () -> known.registeredAs().isPresent() ? 1 : 0);
  }

  /** Who says whose PDU session an address is: its SMFs where they are named, else the BSF. */
  PduSessions pduSessions() {
    List<URI> smfs = config.pcf().pduInfo();
    Duration answer = config.pcf().answerWithin();
    if (smfs != null && !smfs.isEmpty()) {
      return new SmfPduInfo(
          smfs.stream()
              .map(ClientConfig::cleartext)
              .map(smf -> smf.overHttp1().with(CONNECT_WITHIN, answer, 0))
              .map(smf -> fixed(smf, new RawClient.Access(TokenSource.none(), "")))
              .toList(),
          answer);
    }
    NfPeers named = peers;
    return named == null
        ? PduSessions.UNKNOWN
        : new BsfPduSessions(BsfLookup.among(named, config.pcf().answerWithin()));
  }

  /** The core's app sessions, told of at {@code callbackBase}. */
  PolicyAuthorization policyAuthorization(String callbackBase) {
    AppSessionWriter writer =
        new AppSessionWriter(profile.n5(), config.pcf().sessions(), callbackBase);
    Duration answer = config.pcf().answerWithin();
    ClientConfig one = config.pcf().client();
    NfPeers named = peers;
    if (one != null) {
      TokenSource tokens = nrf == null ? TokenSource.none() : nrf.tokens(PCF.nfType());
      RawClient client = fixed(unqueued(one), new RawClient.Access(tokens, PCF.service(), null));
      return new N5PolicyAuthorization(() -> client, writer, answer, CLOCK);
    }
    if (named == null) {
      throw new IllegalStateException("a configuration without PCF has an NRF");
    }
    return new DiscoveredPcfs(
        BsfLookup.among(named, answer),
        () -> named.named(PCF),
        pcf -> new N5PolicyAuthorization(() -> named.reached(PCF, pcf), writer, answer, CLOCK),
        profile.n5().supiNeeded());
  }

  private RawClient fixed(ClientConfig client, RawClient.Access access) {
    RawClient opened = RawClient.create(client, access, vertx);
    fixed.add(opened);
    return opened;
  }

  private ClientConfig tuned(ClientConfig named) {
    Duration connect = named.connectTimeout();
    return unqueued(named.with(connect, config.pcf().answerWithin(), 0));
  }

  /** Over HTTP/1.1 a request needs a connection: no UE waits for the answer about another. */
  private ClientConfig unqueued(ClientConfig pcf) {
    return pcf.http2() ? pcf : pcf.withConnections(config.lanes().inFlightMax());
  }

  @Override
  public void close() {
    if (nrf != null) {
      nrf.close();
    }
    if (peers != null) {
      peers.close();
    }
    fixed.forEach(RawClient::close);
  }
}
