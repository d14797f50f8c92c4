package io.aipaging.lab;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which packets a watch records: those to or from one endpoint.
 *
 * @param address IPv4 literal
 * @param transport TCP or UDP
 * @param port 1 to 65535
 */
public record WatchedService(String address, Transport transport, int port) {
  private static final int HEADER_BYTES_MIN = 20;
  private static final int UDP_HEADER_BYTES = 8;
  private static final int TCP_HEADER_BYTES_MIN = 20;
  private static final int FRAGMENT_OFFSET_MASK = 0x1fff;

  /** The packet that {@code bytes} begin with, or null when it is not of this service. */
  @Nullable Packet read(ByteBuffer bytes, Instant at, boolean outgoing) {
    int available = bytes.remaining();
    if (available < HEADER_BYTES_MIN || bytes.get(0) >>> 4 != 4) {
      return null;
    }
    int header = (bytes.get(0) & 0x0f) * 4;
    boolean laterFragment = (bytes.getShort(6) & FRAGMENT_OFFSET_MASK) != 0;
    int transportMin = transport == Transport.TCP ? TCP_HEADER_BYTES_MIN : UDP_HEADER_BYTES;
    if ((bytes.get(9) & 0xff) != transport.number()
        || laterFragment
        || available < header + transportMin) {
      return null;
    }
    String source = address(bytes.getInt(12));
    String destination = address(bytes.getInt(16));
    int sourcePort = bytes.getShort(header) & 0xffff;
    int destinationPort = bytes.getShort(header + 2) & 0xffff;
    if (!is(source, sourcePort) && !is(destination, destinationPort)) {
      return null;
    }
    boolean tcp = transport == Transport.TCP;
    int behind = tcp ? ((bytes.get(header + 12) & 0xf0) >>> 4) * 4 : UDP_HEADER_BYTES;
    return new Packet(
        at,
        outgoing,
        source,
        sourcePort,
        destination,
        destinationPort,
        transport,
        tcp ? bytes.get(header + 13) & 0xff : 0,
        Math.max(0, (bytes.getShort(2) & 0xffff) - header - behind));
  }

  private boolean is(String otherAddress, int otherPort) {
    return otherPort == port && otherAddress.equals(address);
  }

  private static String address(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }
}
