package io.aipaging.protocol;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address literal and a port, written {@code 10.60.1.2:8000} or {@code [2001:db8::2]:8000}.
 *
 * @param address IPv4 or IPv6, never resolved from a name
 * @param port 1 to 65535
 */
public record TransportAddress(InetAddress address, int port) {
  public TransportAddress {
    Checks.that(port >= 1 && port <= 65_535, "port must be 1 to 65535");
  }

  /** Reads the literal form; throws {@link IllegalArgumentException} on names or nonsense. */
  public static TransportAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    Checks.that(colon > 0 && text.length() <= 64, "not an address and port");
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
      Checks.that(host.indexOf(':') >= 0, "brackets are for IPv6");
    } else {
      Checks.that(host.indexOf(':') < 0, "an IPv6 address needs brackets");
    }
    return new TransportAddress(
        IpLiteral.parse(host), Checks.natural("port", text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    String host = IpLiteral.format(address);
    return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
  }
}
