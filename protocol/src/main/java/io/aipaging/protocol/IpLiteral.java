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
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");

  private IpLiteral() {}

  /**
   * Reads dotted-quad IPv4, or IPv6 in any of RFC 4291's forms without zone and dotted part (TS
   * 29.571 {@code Ipv6Addr}); never asks a name service.
   *
   * @throws IllegalArgumentException on anything else; does not repeat {@code text}
   */
  public static InetAddress parse(String text) {
    if (IPV4.matcher(text).matches()) {
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
