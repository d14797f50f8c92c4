package io.aipaging.contract;

import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.SmfAdapterConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/** Places on this host where tests may listen. */
final class LocalPorts {
  private LocalPorts() {}

  /** An address nobody listens on now. */
  static TransportAddress free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return TransportAddress.parse("127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A userspace gateway for one service address. */
  static SmfAdapterConfig.Gateway gateway(TransportAddress service) {
    SmfAdapterConfig.Service offered =
        new SmfAdapterConfig.Service("127.0.0.1", "TCP", service.port());
    return new SmfAdapterConfig.Gateway(
        List.of(offered), 64, 64, 16_384, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }
}
