package io.aipaging.smfadapter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * A name that one process of a network namespace has at a time: an abstract address of {@code
 * unix(7)}, which belongs to the namespace as its rules do, and which the kernel frees when the
 * process ends, however it ends.
 */
public final class NamespaceLock implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int EADDRINUSE = 98;

  private final int socket;

  private NamespaceLock(int socket) {
    this.socket = socket;
  }

  /**
   * Takes a name in the network namespace of this thread.
   *
   * @param name ASCII, at most 100 characters
   * @throws NetlinkFailed when another process, or this one, has it
   */
  public static NamespaceLock take(String name) throws NetlinkFailed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(SystemCalls.STATE);
      int socket = SystemCalls.socket(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (socket < 0) {
        throw NetlinkFailed.refused("socket", -socket);
      }
      int answer = SystemCalls.bind(state, socket, address(arena, name));
      if (answer < 0) {
        SystemCalls.close(state, socket);
        throw NetlinkFailed.refused(
            answer == -EADDRINUSE ? "another process has " + name : "bind", -answer);
      }
      return new NamespaceLock(socket);
    }
  }

  /** The family, a zero for the abstract name space, and the name without a terminator. */
  private static MemorySegment address(Arena arena, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    MemorySegment address = arena.allocate(Short.BYTES + 1L + bytes.length, Short.BYTES);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(bytes, 0, address, JAVA_BYTE, Short.BYTES + 1L, bytes.length);
    return address;
  }

  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      SystemCalls.close(arena.allocate(SystemCalls.STATE), socket);
    }
  }
}
