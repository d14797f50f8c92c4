package io.aipaging.simulators.pcf;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;

/** UEs with a PDU session, by address prefix. */
final class UePrefixes {
  /** The high {@code length} bits of an address of {@code bits} bits. */
  private record Prefix(int bits, int length, BigInteger high) {
    static Prefix parse(String text) {
      int slash = text.indexOf('/');
      byte[] bytes =
          InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int bits = bytes.length * 8;
      int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (length < 0 || length > bits) {
        throw new IllegalArgumentException("no such prefix length: " + text);
      }
      return new Prefix(bits, length, new BigInteger(1, bytes).shiftRight(bits - length));
    }

    boolean contains(byte[] address) {
      return address.length * 8 == bits
          && new BigInteger(1, address).shiftRight(bits - length).equals(high);
    }
  }

  private final List<Prefix> prefixes;

  /** Of texts such as {@code 10.45.0.0/16}. */
  UePrefixes(List<String> texts) {
    prefixes = texts.stream().map(Prefix::parse).toList();
  }

  /** Whether a literal address belongs to one of them. */
  boolean contain(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return prefixes.stream().anyMatch(prefix -> prefix.contains(bytes));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
