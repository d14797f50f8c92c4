package io.aipaging.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * IP addresses in their one agreed spelling, so that every enforcer, core and hash means the same
 * by the same address. The platform's own parser would take {@code 2130706433}, {@code 010.1.1.1},
 * zones and IPv4-mapped IPv6; others read those differently, so they are refused.
 */
public final class IpLiteral {
  private static final int QUAD = 4;
  private static final int DIGITS_MAX = 3;
  private static final int NUMBER_MAX = 255;
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");

  private IpLiteral() {}

  /**
   * Reads dotted-quad IPv4, or IPv6 in any of RFC 4291's forms without zone and dotted part (TS
   * 29.571 {@code Ipv6Addr}); never asks a name service.
   *
   * @throws IllegalArgumentException on anything else; does not repeat {@code text}
   */
  public static InetAddress parse(String text) {
    if (isQuad(text)) {
      return InetAddress.ofLiteral(text);
    }
    if (IPV6.matcher(text).matches()) {
      try {
        if (InetAddress.ofLiteral(text) instanceof Inet6Address address) {
          return address;
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("not an IP address literal", e);
      }
    }
    throw new IllegalArgumentException("not an IP address literal");
  }

  /**
   * Whether it is a dotted quad without leading zeros. Every row and COMMIT that is read has some,
   * so no regular expression is asked.
   */
  private static boolean isQuad(String text) {
    int at = 0;
    for (int part = 0; part < QUAD; part++) {
      if (part > 0 && (at == text.length() || text.charAt(at++) != '.')) {
        return false;
      }
      int begin = at;
      int number = 0;
      while (at < text.length() && at < begin + DIGITS_MAX && isDigit(text.charAt(at))) {
        number = 10 * number + text.charAt(at++) - '0';
      }
      boolean padded = at > begin + 1 && text.charAt(begin) == '0';
      if (at == begin || padded || number > NUMBER_MAX) {
        return false;
      }
    }
    return at == text.length();
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Dotted quad, or RFC 5952; without zone. */
  public static String format(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int start = 0;
    int length = 1; // a single zero group is written out (RFC 5952 section 4.2.2)
    for (int i = 0; i < groups.length; i++) {
      int zeros = zerosFrom(groups, i);
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    return length == 1
        ? join(groups, 0, groups.length)
        : join(groups, 0, start) + "::" + join(groups, start + length, groups.length);
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end - start;
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
