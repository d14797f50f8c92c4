package io.aipaging.protocol;

import java.net.InetAddress;

/**
 * The service address: where UEs send traffic of an AISI, the same over relocations.
 *
 * @param address service address
 * @param protocol transport protocol
 * @param port 1 to 65535
 */
public record ServiceEndpoint(InetAddress address, Transport protocol, int port) {
  public ServiceEndpoint {
    Checks.that(port >= 1 && port <= 65_535, "port must be 1 to 65535");
    Checks.that(
        !address.isAnyLocalAddress() && !address.isMulticastAddress(),
        "service address must be of one host");
  }

  /** From literals; throws {@link IllegalArgumentException} on names or nonsense. */
  public static ServiceEndpoint of(String address, String protocol, int port) {
    return new ServiceEndpoint(IpLiteral.parse(address), transport(protocol), port);
  }

  private static Transport transport(String name) {
    for (Transport transport : Transport.values()) {
      if (transport.name().equals(name)) {
        return transport;
      }
    }
    throw new IllegalArgumentException("protocol must be TCP or UDP");
  }
}
