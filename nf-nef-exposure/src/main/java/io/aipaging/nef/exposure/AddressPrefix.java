package io.aipaging.nef.exposure;

import io.aipaging.protocol.UeAddress;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * A range of UE addresses.
 *
 * @param bits 32 for IPv4, 128 for IPv6
 * @param length bits that are fixed
 * @param high the fixed bits
 */
public record AddressPrefix(int bits, int length, BigInteger high) {
  /** Four decimal numbers: short forms such as {@code 10.1} name other hosts to other readers. */
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  public AddressPrefix {
    if ((bits != 32 && bits != 128) || length < 0 || length > bits) {
      throw new IllegalArgumentException("not an address prefix");
    }
  }

  /**
   * Reads {@code 10.45.0.0/16} or {@code 2001:db8:45::/48}; bits beyond the length must be zero.
   */
  public static AddressPrefix parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      throw new IllegalArgumentException("an address prefix has a length");
    }
    byte[] bytes = literal(text.substring(0, slash)).getAddress();
    int bits = bytes.length * 8;
    int length = Integer.parseInt(text.substring(slash + 1));
    AddressPrefix prefix =
        new AddressPrefix(
            bits, length, new BigInteger(1, bytes).shiftRight(Math.max(0, bits - length)));
    if (!prefix.high().shiftLeft(bits - length).equals(new BigInteger(1, bytes))) {
      throw new IllegalArgumentException("address has bits beyond its prefix");
    }
    return prefix;
  }

  /** An address literal, never a name and never a short form. */
  static InetAddress literal(String text) {
    boolean accepted =
        LITERAL.matcher(text).matches()
            && (text.indexOf(':') >= 0 || DOTTED.matcher(text).matches());
    if (!accepted) {
      throw new IllegalArgumentException("not an address");
    }
    return InetAddress.ofLiteral(text);
  }

  /** Whether every address of {@code ue} is inside. */
  public boolean contains(UeAddress ue) {
    byte[] bytes = ue.address().getAddress();
    return bytes.length * 8 == bits
        && ue.prefixLength() >= length
        && new BigInteger(1, bytes).shiftRight(bits - length).equals(high);
  }
}
