package io.aipaging.smfadapter.steering.gateway;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Writes the binary header of the PROXY protocol, version 2, as HAProxy publishes it. */
final class ProxyHeader {
  private static final byte[] SIGNATURE = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };
  private static final byte VERSION_2_LOCAL = 0x20;
  private static final byte VERSION_2_PROXY = 0x21;
  private static final byte TCP_OVER_IPV4 = 0x11;
  private static final byte TCP_OVER_IPV6 = 0x21;
  private static final int FIXED_BYTES = 16;

  private ProxyHeader() {}

  /** Tells an anchor whose connection to which service is relayed. */
  static byte[] relayed(InetSocketAddress source, InetSocketAddress destination) {
    byte[] from = source.getAddress().getAddress();
    byte[] to = alike(destination.getAddress(), from.length);
    int length = from.length + to.length + 4;
    return ByteBuffer.allocate(FIXED_BYTES + length)
        .put(SIGNATURE)
        .put(VERSION_2_PROXY)
        .put(source.getAddress() instanceof Inet4Address ? TCP_OVER_IPV4 : TCP_OVER_IPV6)
        .putShort((short) length)
        .put(from)
        .put(to)
        .putShort((short) source.getPort())
        .putShort((short) destination.getPort())
        .array();
  }

  /** Tells an anchor that the gateway speaks for itself. */
  static byte[] own() {
    return ByteBuffer.allocate(FIXED_BYTES)
        .put(SIGNATURE)
        .put(VERSION_2_LOCAL)
        .put((byte) 0)
        .putShort((short) 0)
        .array();
  }

  private static byte[] alike(InetAddress address, int length) {
    byte[] bytes = address.getAddress();
    if (bytes.length != length) {
      throw new IllegalArgumentException("both ends of a connection have one address family");
    }
    return bytes;
  }
}
