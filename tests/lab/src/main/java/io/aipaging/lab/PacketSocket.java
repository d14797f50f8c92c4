package io.aipaging.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A packet(7) socket on one device, with kernel timestamps. Used by one thread at a time. */
final class PacketSocket implements AutoCloseable {
  private static final int AF_PACKET = 17;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final short ETH_P_ALL = Short.reverseBytes((short) 0x0003);
  private static final short ETH_P_IP = Short.reverseBytes((short) 0x0800);
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int SOL_PACKET = 263;
  private static final int PACKET_STATISTICS = 6;
  private static final int SIOCGSTAMPNS = 0x8907;
  private static final byte PACKET_OUTGOING = 4;
  private static final int ADDRESS_BYTES = 20;
  private static final int SNAPSHOT_BYTES = 160;
  private static final int RECEIVE_BUFFER_BYTES = 16 << 20;

  private final int socket;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment snapshot = arena.allocate(SNAPSHOT_BYTES, 8);
  private final MemorySegment from = arena.allocate(ADDRESS_BYTES, 8);
  private final MemorySegment fromSize = arena.allocate(JAVA_INT);
  private final MemorySegment stamp = arena.allocate(16, 8);

  private PacketSocket(int socket) {
    this.socket = socket;
  }

  /** What arrived: the first bytes from the IPv4 header on. */
  record Arrival(ByteBuffer bytes, Instant at, boolean outgoing) {}

  /**
   * Opens a socket in the calling thread's namespace.
   *
   * @param patience how long {@link #receive} waits
   */
  static PacketSocket open(String device, Duration patience) throws IOException {
    // Protocol 0 receives nothing until bind names device and protocol together.
    PacketSocket opened = new PacketSocket(Libc.socket(AF_PACKET, SOCK_DGRAM_CLOEXEC, 0));
    try {
      opened.configure(device, patience);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private void configure(String device, Duration patience) throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment size = call.allocateFrom(JAVA_INT, RECEIVE_BUFFER_BYTES);
      Libc.setOption(socket, SOL_SOCKET, SO_RCVBUFFORCE, size);
      MemorySegment timeout = call.allocate(16, 8);
      timeout.set(JAVA_LONG, 0, patience.toSeconds());
      timeout.set(JAVA_LONG, 8, patience.toNanosPart() / 1_000);
      Libc.setOption(socket, SOL_SOCKET, SO_RCVTIMEO, timeout);
      // The first request switches timestamps on and has none to answer with.
      Libc.ioctl(socket, SIOCGSTAMPNS, stamp);
      MemorySegment address = call.allocate(ADDRESS_BYTES, 8);
      address.set(JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(JAVA_SHORT, 2, ETH_P_ALL);
      address.set(JAVA_INT, 4, Libc.interfaceIndex(device));
      Libc.bind(socket, address);
    }
  }

  /** The next IPv4 packet, or null when none came in time. */
  @Nullable Arrival receive() {
    long length;
    do {
      fromSize.set(JAVA_INT, 0, ADDRESS_BYTES);
      length = Libc.receive(socket, snapshot, 0, from, fromSize).value();
      if (length < 0) {
        return null;
      }
    } while (from.get(JAVA_SHORT, 2) != ETH_P_IP);
    if (Libc.ioctl(socket, SIOCGSTAMPNS, stamp).value() < 0) {
      throw new IllegalStateException("the kernel gave no timestamp");
    }
    Instant at = Instant.ofEpochSecond(stamp.get(JAVA_LONG, 0), stamp.get(JAVA_LONG, 8));
    boolean outgoing = from.get(JAVA_BYTE, 10) == PACKET_OUTGOING;
    ByteBuffer bytes = snapshot.asSlice(0, length).asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    return new Arrival(bytes, at, outgoing);
  }

  /** Packets the kernel could not queue since the last question. */
  long dropped() throws IOException {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment statistics = call.allocate(8, 4);
      Libc.getOption(socket, SOL_PACKET, PACKET_STATISTICS, statistics);
      return Integer.toUnsignedLong(statistics.get(JAVA_INT, 4));
    }
  }

  @Override
  public void close() {
    Libc.close(socket);
    arena.close();
  }
}
