package io.aipaging.contract;

import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

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
}
