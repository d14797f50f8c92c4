package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.ServiceEndpoint;
import java.time.Duration;
import java.util.List;

/**
 * What the forwarder listens on, and its bounds. Nothing says which UEs may come: their grants do.
 *
 * @param services service addresses; each must be an address of this host
 * @param connectionsMax TCP connections carried at once over all services; more are reset
 * @param datagramPeersMax UE ports with datagram traffic at once over all services; those of more
 *     are dropped
 * @param perUeMax how many of these connections, and how many of these ports, one UE may have
 * @param bufferBytes buffer per direction of a connection; the kernel is asked for no more than
 *     eight times as much per socket and direction
 * @param connectTimeout longest wait for an anchor
 * @param datagramIdle a UE port without traffic for so long is forgotten
 */
public record GatewayConfig(
    List<ServiceEndpoint> services,
    int connectionsMax,
    int datagramPeersMax,
    int perUeMax,
    int bufferBytes,
    Duration connectTimeout,
    Duration datagramIdle) {
  private static final int KERNEL_BUFFERS = 8;
  private static final Duration TIME_MAX = Duration.ofDays(1);

  public GatewayConfig {
    services = List.copyOf(services);
    require(!services.isEmpty(), "services must not be empty");
    require(
        services.stream().distinct().count() == services.size(), "services must not be repeated");
    require(connectionsMax >= 1 && connectionsMax <= 100_000, "connections-max: 1 to 100000");
    require(
        datagramPeersMax >= 1 && datagramPeersMax <= 100_000, "datagram-peers-max: 1 to 100000");
    require(perUeMax >= 1 && perUeMax <= 100_000, "per-ue-max: 1 to 100000");
    require(bufferBytes >= 512 && bufferBytes <= 1 << 20, "buffer-bytes: 512 to 1048576");
    require(isMillisToADay(connectTimeout), "connect-timeout: 1 ms to 1 day");
    require(isMillisToADay(datagramIdle), "datagram-idle: 1 ms to 1 day");
  }

  /** Default bounds. */
  public static GatewayConfig of(List<ServiceEndpoint> services) {
    return new GatewayConfig(
        services, 1_024, 1_024, 64, 16_384, Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  /** What the kernel may hold per socket and direction. */
  int kernelBufferBytes() {
    return bufferBytes * KERNEL_BUFFERS;
  }

  int connectMillis() {
    return Math.toIntExact(connectTimeout.toMillis());
  }

  private static boolean isMillisToADay(Duration time) {
    return time.toMillis() >= 1 && time.compareTo(TIME_MAX) <= 0;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
