package io.aipaging.simulators.pcf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** UEs with a PDU session, by address prefix. Not thread-safe. */
final class UePrefixes {
  private record Prefix(byte[] bytes, int length) {
    static Prefix parse(String text) {
      int slash = text.indexOf('/');
      byte[] bytes =
          InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
      int length = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (length < 0 || length > bytes.length * 8) {
        throw new IllegalArgumentException("no such prefix length: " + text);
      }
      return new Prefix(bytes, length);
    }

    boolean contains(byte[] address) {
      boolean same = address.length == bytes.length;
      for (int bit = 0; same && bit < length; bit++) {
        int mask = 0x80 >> (bit % 8);
        same = (address[bit / 8] & mask) == (bytes[bit / 8] & mask);
      }
      return same;
    }
  }

  private final List<Prefix> prefixes = new ArrayList<>();

  UePrefixes(List<String> texts) {
    texts.forEach(text -> prefixes.add(Prefix.parse(text)));
  }

  boolean contain(String address) {
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return prefixes.stream().anyMatch(prefix -> prefix.contains(bytes));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
