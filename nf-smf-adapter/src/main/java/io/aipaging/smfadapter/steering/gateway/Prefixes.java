package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.UeAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Prefixes of addresses. */
final class Prefixes {
  private static final int IPV4_BITS = 32;

  private Prefixes() {}

  /** The UE address of this length that contains {@code source}; empty when no UE can have it. */
  static Optional<UeAddress> of(InetAddress source, int length) {
    byte[] bytes = source.getAddress();
    int bits = bytes.length * Byte.SIZE;
    if (length > bits || (bits == IPV4_BITS && length != IPV4_BITS)) {
      return Optional.empty();
    }
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(length - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[i] &= (byte) (0xff << (Byte.SIZE - kept));
    }
    InetAddress first = address(bytes);
    return first.isAnyLocalAddress() || first.isMulticastAddress()
        ? Optional.empty()
        : Optional.of(new UeAddress(first, length));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are addresses", e);
    }
  }
}
