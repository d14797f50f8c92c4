package io.aipaging.contract;

import io.aipaging.lab.LoopbackPorts;
import io.aipaging.protocol.TransportAddress;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Places on this host where tests may listen. */
final class LocalPorts {
  private static final String HOST = "127.0.0.1";

  private LocalPorts() {}

  /** An address nobody listens on now. */
  static TransportAddress free() {
    try {
      return TransportAddress.parse(HOST + ":" + LoopbackPorts.free(HOST, 1).getFirst());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
