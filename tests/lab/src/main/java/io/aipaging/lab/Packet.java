package io.aipaging.lab;

import java.time.Instant;

/**
 * One IPv4 packet as the kernel saw it.
 *
 * @param at when the kernel took it from or handed it to the device, wall clock, nanoseconds
 * @param outgoing whether it left the watched namespace through the device
 * @param source address of the sender
 * @param sourcePort port of the sender
 * @param destination address of the receiver
 * @param destinationPort port of the receiver
 * @param transport TCP or UDP
 * @param tcpFlags flag byte of the TCP header, 0 for UDP
 * @param payloadLength bytes behind the transport header
 */
public record Packet(
    Instant at,
    boolean outgoing,
    String source,
    int sourcePort,
    String destination,
    int destinationPort,
    Transport transport,
    int tcpFlags,
    int payloadLength) {
  /** FIN bit of {@link #tcpFlags}. */
  public static final int FIN = 0x01;

  /** SYN bit of {@link #tcpFlags}. */
  public static final int SYN = 0x02;

  /** RST bit of {@link #tcpFlags}. */
  public static final int RST = 0x04;
}
