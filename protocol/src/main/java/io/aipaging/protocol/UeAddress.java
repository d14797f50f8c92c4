package io.aipaging.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What a UE sends from: one IPv4 address, one IPv6 address or an IPv6 prefix.
 *
 * @param address first address
 * @param prefixLength 32 for IPv4, 1 to 128 for IPv6; bits beyond it are zero
 */
public record UeAddress(InetAddress address, int prefixLength) {
  private static final int PDU_SESSION_PREFIX = 64;

  public UeAddress {
    int bits = address.getAddress().length * 8;
    Checks.that(
        bits == 32 ? prefixLength == 32 : prefixLength >= 1 && prefixLength <= 128,
        "prefix length must be 32 for IPv4 and 1 to 128 for IPv6");
    Checks.that(
        Arrays.equals(masked(address, prefixLength), address.getAddress()),
        "address has bits beyond its prefix");
    Checks.that(
        !address.isAnyLocalAddress() && !address.isMulticastAddress(),
        "a UE sends from a unicast address");
  }

  /** Reads {@code 10.45.0.2}, {@code 2001:db8::1} or {@code 2001:db8::/64}. */
  public static UeAddress parse(String text) {
    Checks.that(text.length() <= 64, "not a UE address");
    int slash = text.indexOf('/');
    InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
    int bits = address.getAddress().length * 8;
    return new UeAddress(
        address, slash < 0 ? bits : Checks.natural("prefix length", text.substring(slash + 1)));
  }

  /** Whether {@code source} is of this UE. */
  public boolean contains(InetAddress source) {
    return source.getAddress().length == address.getAddress().length
        && Arrays.equals(masked(source, prefixLength), address.getAddress());
  }

  /** Whether some sender would be of both. */
  public boolean overlaps(UeAddress other) {
    return prefixLength <= other.prefixLength ? contains(other.address) : other.contains(address);
  }

  /**
   * What its PDU session is known by: the IPv4 address, or the /64 that every IPv6 PDU session is
   * given (TS 23.501 §5.8.2.2).
   */
  public UeAddress ofPduSession() {
    if (prefixLength <= PDU_SESSION_PREFIX) {
      return this;
    }
    try {
      byte[] prefix = masked(address, PDU_SESSION_PREFIX);
      return new UeAddress(InetAddress.getByAddress(prefix), PDU_SESSION_PREFIX);
    } catch (IOException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }

  private static byte[] masked(InetAddress address, int prefixLength) {
    byte[] bytes = address.getAddress();
    for (int i = 0; i < bytes.length; i++) {
      int kept = Math.clamp(prefixLength - i * 8L, 0, 8);
      bytes[i] &= (byte) (0xff << (8 - kept));
    }
    return bytes;
  }

  /** The address, with its prefix length where it is a prefix. */
  @Override
  public String toString() {
    String host = IpLiteral.format(address);
    return prefixLength == address.getAddress().length * 8 ? host : host + "/" + prefixLength;
  }
}
