package io.aipaging.smfadapter;

import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.config.Default;
import io.aipaging.sbi.config.ListenerConfig;
import io.aipaging.sbi.logging.LoggingConfig;
import io.aipaging.sbi.management.ManagementConfig;
import io.aipaging.sbi.oauth.AccessTokensConfig;
import io.aipaging.sbi.oauth.ClientCredentialsConfig;
import io.aipaging.sbi.trace.TracingConfig;
import io.aipaging.smfadapter.steering.SteeringConfig;
import io.aipaging.smfadapter.steering.gateway.GatewayConfig;
import io.aipaging.smfadapter.steering.nftables.NextHop;
import io.aipaging.smfadapter.steering.nftables.NftablesConfig;
import io.aipaging.smfadapter.steering.nftables.Prefix;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An SMF adapter: one gate, its API and where its keys come from. Environment variables begin with
 * {@code AIPAGING_SMFADAPTER}.
 *
 * @param gate who the gate is and how it keeps time
 * @param nftables the kernel driver; exactly one of it and {@code gateway}
 * @param gateway the userspace driver
 * @param corePath where the core's own path follows the gate; null leaves the core alone
 * @param aipf the AIPF Set whose keys verify COMMITs; null where the host process supplies them
 * @param listener the service-based interface; null serves in-process callers only
 * @param oauth whose access tokens are believed; needed with {@code listener}
 * @param token how to get access tokens for the AIPF; null calls without
 * @param management health and metrics; null serves none
 * @param tracing where traces are sent; null traces nothing
 * @param logging how the process logs; null leaves it as it is
 */
public record SmfAdapterConfig(
    Gate gate,
    @Nullable Nftables nftables,
    @Nullable Gateway gateway,
    @Nullable CorePathConfig corePath,
    @Nullable ClientConfig aipf,
    @Nullable ListenerConfig listener,
    @Nullable AccessTokensConfig oauth,
    @Nullable ClientCredentialsConfig token,
    @Nullable ManagementConfig management,
    @Nullable TracingConfig tracing,
    @Nullable LoggingConfig logging) {
  public SmfAdapterConfig {
    if ((nftables == null) == (gateway == null)) {
      throw new IllegalArgumentException("configure nftables or gateway, not both");
    }
    if (oauth == null && listener != null) {
      throw new IllegalArgumentException("oauth is needed with listener");
    }
  }

  /** Without traces, logging as it is. */
  public SmfAdapterConfig(
      Gate gate,
      @Nullable Nftables nftables,
      @Nullable Gateway gateway,
      @Nullable CorePathConfig corePath,
      @Nullable ClientConfig aipf,
      @Nullable ListenerConfig listener,
      @Nullable AccessTokensConfig oauth,
      @Nullable ClientCredentialsConfig token,
      @Nullable ManagementConfig management) {
    this(gate, nftables, gateway, corePath, aipf, listener, oauth, token, management, null, null);
  }

  /**
   * The gate.
   *
   * @param enforcerId own id, expected in the {@code aud} of every COMMIT
   * @param aipfIssuer AIPF Set id, expected in {@code iss}
   * @param journal file of the fences; locked by the gate's only process
   * @param skewBound how far clocks may differ
   * @param skewMargin how much earlier than {@code exp_ms} the gate stops
   */
  public record Gate(
      String enforcerId,
      String aipfIssuer,
      Path journal,
      @Default("250ms") Duration skewBound,
      @Default("250ms") Duration skewMargin) {
    public Gate {
      if (aipfIssuer.isEmpty() || enforcerId.isEmpty()) {
        throw new IllegalArgumentException("aipf-issuer and enforcer-id must not be empty");
      }
      if (skewBound.isNegative() || skewMargin.compareTo(skewBound) < 0) {
        throw new IllegalArgumentException("skew-margin must be at least skew-bound");
      }
    }

    SteeringConfig steering() {
      return new SteeringConfig(enforcerId, skewBound, skewMargin);
    }
  }

  /**
   * A service address.
   *
   * @param address IPv4 or IPv6 literal
   * @param protocol {@code TCP} or {@code UDP}
   * @param port 1 to 65535
   */
  public record Service(String address, String protocol, int port) {
    ServiceEndpoint endpoint() {
      return ServiceEndpoint.of(address, protocol, port);
    }
  }

  /**
   * An anchor as a neighbour of the N6 router.
   *
   * @param address IPv4 or IPv6 literal of the next hop
   * @param index 1 to 254, selects packet mark and routing table
   */
  public record Hop(String address, int index) {
    NextHop nextHop() {
      return new NextHop(InetAddress.ofLiteral(address), index);
    }
  }

  /**
   * The kernel driver, see {@link NftablesConfig}.
   *
   * @param table name of the nftables table
   * @param ueDevices devices behind which UEs are
   * @param n6Devices devices behind which anchors are
   * @param services service addresses
   * @param nextHops anchors that packets reach under the service address
   * @param dnatAnchors addresses and prefixes of anchors that packets reach under their own
   * @param qosClasses traffic classes {@code major:minor} of this host, by QoS reference
   * @param probePortFirst first local port of probes
   * @param probePortLast last local port of probes
   */
  public record Nftables(
      @Default("aipaging") String table,
      List<String> ueDevices,
      @Default("[]") List<String> n6Devices,
      List<Service> services,
      @Default("[]") List<Hop> nextHops,
      @Default("[]") List<String> dnatAnchors,
      @Default("{}") Map<String, String> qosClasses,
      @Default("61000") int probePortFirst,
      @Default("61999") int probePortLast) {
    public Nftables {
      ueDevices = List.copyOf(ueDevices);
      n6Devices = List.copyOf(n6Devices);
      services = List.copyOf(services);
      nextHops = List.copyOf(nextHops);
      dnatAnchors = List.copyOf(dnatAnchors);
      qosClasses = Map.copyOf(qosClasses);
    }

    NftablesConfig driver() {
      return new NftablesConfig(
          table,
          new NftablesConfig.Devices(ueDevices, n6Devices),
          services.stream().map(Service::endpoint).toList(),
          nextHops.stream().map(Hop::nextHop).toList(),
          dnatAnchors.stream().map(Prefix::parse).toList(),
          qosClasses,
          new NftablesConfig.ProbeRange(probePortFirst, probePortLast),
          List.of());
    }
  }

  /**
   * The userspace driver, see {@link GatewayConfig}.
   *
   * @param services service addresses, all of this host
   * @param connectionsMax TCP connections at once
   * @param datagramPeersMax UE ports with datagram traffic at once
   * @param perUeMax connections, and UE ports with datagram traffic, of one UE at once
   * @param bufferBytes buffer per direction of a connection
   * @param connectTimeout longest wait for an anchor
   * @param datagramIdle a silent UE port is forgotten after this time
   */
  public record Gateway(
      List<Service> services,
      @Default("1024") int connectionsMax,
      @Default("1024") int datagramPeersMax,
      @Default("64") int perUeMax,
      @Default("16384") int bufferBytes,
      @Default("2s") Duration connectTimeout,
      @Default("30s") Duration datagramIdle) {
    public Gateway {
      services = List.copyOf(services);
    }

    GatewayConfig driver() {
      return new GatewayConfig(
          services.stream().map(Service::endpoint).toList(),
          connectionsMax,
          datagramPeersMax,
          perUeMax,
          bufferBytes,
          connectTimeout,
          datagramIdle);
    }
  }
}
