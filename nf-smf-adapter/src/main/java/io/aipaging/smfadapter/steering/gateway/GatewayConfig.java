package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.ServiceEndpoint;
import java.time.Duration;
import java.util.List;

/**
 * What the forwarder listens on, and its bounds.
 *
 * @param services service addresses; each must be an address of this host
 * @param connectionsMax TCP connections carried at once; more are reset
 * @param datagramPeersMax UE ports with datagram traffic at once; those of more are dropped
 * @param bufferBytes buffer per direction of a connection
 * @param connectTimeout longest wait for an anchor
 * @param datagramIdle a UE port without traffic for so long is forgotten
 */
public record GatewayConfig(
    List<ServiceEndpoint> services,
    int connectionsMax,
    int datagramPeersMax,
    int bufferBytes,
    Duration connectTimeout,
    Duration datagramIdle) {
  public GatewayConfig {
    services = List.copyOf(services);
    require(!services.isEmpty(), "services must not be empty");
    require(
        services.stream().distinct().count() == services.size(), "services must not be repeated");
    require(connectionsMax >= 1 && connectionsMax <= 100_000, "connections-max: 1 to 100000");
    require(
        datagramPeersMax >= 1 && datagramPeersMax <= 100_000, "datagram-peers-max: 1 to 100000");
    require(bufferBytes >= 512 && bufferBytes <= 1 << 20, "buffer-bytes: 512 to 1048576");
    require(!connectTimeout.isNegative() && !connectTimeout.isZero(), "connect-timeout: above 0");
    require(datagramIdle.toMillis() >= 1, "datagram-idle: above 0");
  }

  /** Default bounds. */
  public static GatewayConfig of(List<ServiceEndpoint> services) {
    return new GatewayConfig(
        services, 1_024, 1_024, 16_384, Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
