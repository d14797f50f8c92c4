package io.aipaging.cli.deploy;

import io.aipaging.aexf.AgentConfig;
import io.aipaging.aexf.AnchorConfig;
import io.aipaging.aexf.guard.http.GuardConfig;
import io.aipaging.aexf.guard.http.ModelConfig;
import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.KeysConfig;
import io.aipaging.aipf.StoreConfig;
import io.aipaging.certs.DevKeys;
import io.aipaging.certs.IssuerConfig;
import io.aipaging.cli.deploy.Layout.AnchorSpot;
import io.aipaging.cli.session.ConnectionFile;
import io.aipaging.nef.NefConfig;
import io.aipaging.pcfadapter.PcfAdapterConfig;
import io.aipaging.pcfadapter.qosbinding.BindingLimits;
import io.aipaging.pcfadapter.qosbinding.LaneLimits;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionDefaults;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.nrf.NrfConfig;
import io.aipaging.smfadapter.CorePathConfig;
import io.aipaging.smfadapter.SmfAdapterConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of every function of a set in one folder, with TLS and access tokens on. The
 * same configurations run in one process ({@code up}) or each in its own ({@code demo}).
 */
public final class Deployment {
  /** The app that may page. */
  public static final String APP = "notes-app";

  /** The operator's client id. */
  public static final String OPERATOR = "operator";

  /** {@code enforcer-id} of the gate, as the catalogue names it. */
  public static final String GATE = "n6-gate";

  /** AISI that the anchors serve. */
  public static final String AISI = "urn:aisi:aipaging.example:embed-notes:standard:1";

  static final String SET_ID = "aipf-set-1";

  /** {@code aud} of the AIPF, its NF type. */
  public static final String AIPF = "CUSTOM_AIPF";

  /** {@code aud} of the exposure function. */
  public static final String NEF = "NEF";

  static final String PCF_ADAPTER = "CUSTOM_PCF_ADAPTER";

  /** {@code aud} of the SMF adapter. */
  public static final String SMF_ADAPTER = "CUSTOM_SMF_ADAPTER";

  static final String AGENT = "CUSTOM_AEXF";

  private final Path folder;
  private final Layout layout;
  private final Secrets secrets;
  private final Transport transport;
  private final Access access;

  /**
   * A deployment.
   *
   * @param folder where certificates, secrets, journals and configurations are kept
   * @param layout addresses and times
   */
  public Deployment(Path folder, Layout layout) {
    this.folder = folder;
    this.layout = layout;
    this.secrets = new Secrets(folder.resolve("secrets"));
    this.transport = new Transport(folder.resolve("pki"));
    this.access = new Access(folder, layout, secrets, transport);
    var _ = DevKeys.ueHashKey(ueHashKeyFile());
  }

  /** The layout. */
  public Layout layout() {
    return layout;
  }

  /** Environment of whoever reads the catalogue: addresses of this layout. */
  public Map<String, String> catalogVariables() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AIPAGING_EMBED_NOTES_ADDRESS", layout.service().address());
    variables.put("AIPAGING_EMBED_NOTES_PORT", Integer.toString(layout.service().port()));
    variables.put("AIPAGING_GATE_ENFORCER_ID", GATE);
    for (AnchorSpot anchor : layout.anchors()) {
      String name = "AIPAGING_ANCHOR_" + anchor.id().toUpperCase(java.util.Locale.ROOT);
      variables.put(
          name + "_ADMISSION_URI", transport.uri(anchor.agent(), anchor.sbiPort()).toString());
      variables.put(name + "_ENDPOINT", anchor.endpoint());
    }
    return variables;
  }

  /** The token issuer. */
  public IssuerConfig issuer() {
    return access.issuer();
  }

  /** The simulated core. */
  public CoreSimulation simulation() {
    return new CoreSimulation(layout);
  }

  /** The AIPF. */
  public AipfConfig aipf(Path catalog) {
    return aipf(catalog, null);
  }

  /** The AIPF, registered at the NRF of a core if that is known. */
  public AipfConfig aipf(Path catalog, @Nullable CorePeer peer) {
    Layout.Terms terms = layout.terms();
    return new AipfConfig(
        "nf-aipf",
        SET_ID,
        transport.listener("nf-aipf", layout.core(), layout.ports().aipf()),
        access.tokens(AIPF),
        new ManagementConfig(layout.core(), layout.ports().aipfManagement()),
        catalog,
        new KeysConfig(List.of(), ueHashKeyFile()),
        StoreConfig.rocksDb(folder.resolve("aipf-store")),
        new AipfConfig.Lease(
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            terms.leaseTerm(),
            Duration.ofSeconds(5),
            terms.drain(),
            terms.skew(),
            terms.skew(),
            terms.deliveryBudget()),
        AipfConfig.Relocation.defaults(),
        AipfConfig.Limits.defaults(),
        new AipfConfig.Peer(
            transport.client(layout.core(), layout.ports().pcfAdapter()),
            access.credentials("nf-aipf", PCF_ADAPTER)),
        List.of(
            new AipfConfig.Gate(
                GATE,
                transport.client(layout.gate(), layout.ports().smfAdapter()),
                access.credentials("nf-aipf", SMF_ADAPTER))),
        new AipfConfig.Anchors(transport.trust(), access.credentials("nf-aipf", AGENT)),
        peer == null ? Core.REL18 : peer.core(),
        peer == null ? null : registry(peer),
        null,
        null);
  }

  private static @Nullable NrfConfig registry(CorePeer peer) {
    return peer.nrf() == null
        ? null
        : NrfConfig.cleartext(peer.nrf(), peer.address()).through(peer.scp());
  }

  /** The exposure function. */
  public NefConfig nef() {
    return new NefConfig(
        "nf-nef",
        transport.listener("nf-nef", layout.core(), layout.ports().nef()),
        access.tokens(NEF),
        new ManagementConfig(layout.core(), 0),
        new NefConfig.Aipf(
            transport.client(layout.core(), layout.ports().aipf()),
            access.credentials("nf-nef", AIPF)),
        List.of(new NefConfig.AppConfig(APP, List.of(layout.uePrefix()), 100)));
  }

  /** The PCF adapter beside a core, in cleartext. */
  public PcfAdapterConfig pcfAdapter(CorePeer peer) {
    ClientConfig pcf = peer.pcf() == null ? null : ClientConfig.cleartext(peer.pcf());
    boolean http2 = peer.core().profile().http2();
    return new PcfAdapterConfig(
        transport.listener("nf-pcf-adapter", layout.core(), layout.ports().pcfAdapter()),
        access.tokens(PCF_ADAPTER),
        new PcfAdapterConfig.Callback(
            ListenerConfig.cleartext(peer.address(), layout.ports().pcfCallback()), null),
        new ManagementConfig(layout.core(), 0),
        peer.core(),
        registry(peer),
        new PcfAdapterConfig.Pcf(
            pcf == null || http2 ? pcf : pcf.overHttp1(),
            peer.pduInfo(),
            Duration.ofSeconds(10),
            AppSessionDefaults.none()),
        journal("nf-pcf-adapter"),
        PcfAdapterConfig.Lanes.of(LaneLimits.defaults()),
        PcfAdapterConfig.Bindings.of(BindingLimits.defaults()),
        new PcfAdapterConfig.Aipf(
            transport.client(layout.core(), layout.ports().aipf()),
            access.credentials("nf-pcf-adapter", AIPF)));
  }

  /** The SMF adapter with its gate. */
  public SmfAdapterConfig smfAdapter() {
    return smfAdapter(null);
  }

  /** The SMF adapter with its gate, which a core's path follows if that peer says how. */
  public SmfAdapterConfig smfAdapter(@Nullable CorePeer peer) {
    Duration skew = layout.terms().skew();
    Gates gates = new Gates(layout);
    return new SmfAdapterConfig(
        new SmfAdapterConfig.Gate(GATE, SET_ID, journal("nf-smf-adapter"), skew, skew),
        gates.kernel(),
        gates.gateway(),
        peer == null ? null : corePath(peer),
        transport.client(layout.core(), layout.ports().aipf()),
        transport.listener("nf-smf-adapter", layout.gate(), layout.ports().smfAdapter()),
        access.tokens(SMF_ADAPTER),
        access.credentials("nf-smf-adapter", AIPF),
        new ManagementConfig(layout.gate(), layout.ports().smfManagement()));
  }

  private @Nullable CorePathConfig corePath(CorePeer peer) {
    CorePeer.Path path = peer.path();
    NrfConfig nrf = registry(peer);
    if (path == null || nrf == null) {
      return null;
    }
    CorePathConfig.PcfAdapter bindings =
        new CorePathConfig.PcfAdapter(
            transport.client(layout.core(), layout.ports().pcfAdapter()),
            access.credentials("nf-smf-adapter", PCF_ADAPTER));
    return new CorePathConfig(
        peer.core(),
        path.driver(),
        nrf,
        new CorePathConfig.Callback(ListenerConfig.cleartext(peer.address(), 0), null),
        path.driver() == CorePathConfig.Driver.AF_ROUTE ? bindings : null,
        path.routeProfile(),
        layout.terms().drain(),
        List.of(),
        Duration.ofSeconds(5),
        journal("core-path"));
  }

  /** An anchor's agent. */
  public AgentConfig agent(AnchorSpot anchor) {
    Duration skew = layout.terms().skew();
    return new AgentConfig(
        new AnchorConfig(
            anchor.id(),
            anchor.enforcerId(),
            List.of(AISI),
            64,
            SET_ID,
            skew,
            skew,
            journal(anchor.enforcerId()),
            GuardConfig.cleartext(
                anchor.guardHost(), port(anchor.endpoint()), anchor.gatewaySources()),
            ModelConfig.at("127.0.0.1", anchor.modelPort())),
        ueHashKeyFile(),
        transport.client(layout.core(), layout.ports().aipf()),
        transport.listener(anchor.enforcerId(), anchor.agent(), anchor.sbiPort()),
        access.tokens(AGENT),
        access.credentials("aexf-agent", AIPF),
        new ManagementConfig(anchor.agent(), 0));
  }

  private static int port(String endpoint) {
    return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
  }

  /** {@code apiRoot} of the SMF adapter. */
  public URI smfAdapterUri() {
    return transport.uri(layout.gate(), layout.ports().smfAdapter());
  }

  /** How a client on this machine reaches the set. */
  public ConnectionFile connection() {
    return new ConnectionFile(
        transport.uri(layout.core(), layout.ports().aipf()),
        transport.uri(layout.core(), layout.ports().nef()),
        transport.uri(layout.core(), layout.ports().issuer()),
        transport.trustFile(),
        OPERATOR,
        secrets.file(OPERATOR),
        APP,
        secrets.file(APP));
  }

  /** File with the key of {@code cnf.ueh}. */
  public Path ueHashKeyFile() {
    return folder.resolve("secrets").resolve("ue-hash.key");
  }

  private Path journal(String name) {
    return folder.resolve("state").resolve(name + ".journal");
  }
}
