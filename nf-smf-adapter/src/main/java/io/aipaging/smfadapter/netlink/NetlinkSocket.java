package io.aipaging.smfadapter.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One netlink socket in the network namespace of the thread that opened it. A request is answered
 * while it is sent, so waiting has a bound that only a broken kernel reaches. Not thread-safe.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** Protocol of links and routes. */
  public static final int ROUTE = 0;

  /** Protocol of nftables and connection tracking. */
  public static final int NETFILTER = 12;

  /** Flag: answer with everything there is. */
  public static final int DUMP = 0x300;

  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int ERROR = 2;
  private static final int DONE = 3;
  private static final int MULTI = 2;
  private static final int DUMP_INTERRUPTED = 0x10;
  private static final int HEADER = 16;
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;
  private static final int ENOBUFS = 105;
  private static final int DUMP_ATTEMPTS_MAX = 8;
  private static final int WRITE_BYTES = 512 * 1024;
  private static final int READ_BYTES = 256 * 1024;
  private static final Duration TIME_MAX = Duration.ofSeconds(2);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(SystemCalls.STATE);
  private final MemorySegment incoming = arena.allocate(READ_BYTES, 8);
  private final ByteBuffer read = incoming.asByteBuffer().order(ByteOrder.nativeOrder());
  private final MessageWriter writer = new MessageWriter(arena.allocate(WRITE_BYTES, 8));
  private final int socket;
  private int sequence = 1;

  private NetlinkSocket(int protocol, int groups) throws NetlinkFailed {
    socket = SystemCalls.socket(state, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
    if (socket < 0) {
      arena.close();
      throw NetlinkFailed.refused("socket", -socket);
    }
    try {
      set(SO_SNDBUFFORCE, arena.allocateFrom(JAVA_INT, 2 * WRITE_BYTES));
      set(SO_RCVBUFFORCE, arena.allocateFrom(JAVA_INT, 4 * READ_BYTES));
      require(
          "SO_RCVTIMEO", set(SO_RCVTIMEO, arena.allocateFrom(JAVA_LONG, TIME_MAX.toSeconds(), 0)));
      MemorySegment address = arena.allocate(12, 4);
      address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
      address.set(JAVA_INT, 8, groups);
      require("bind", SystemCalls.bind(state, socket, address));
    } catch (NetlinkFailed e) {
      close();
      throw e;
    }
  }

  /** Opens a socket that is asked. */
  public static NetlinkSocket open(int protocol) throws NetlinkFailed {
    return new NetlinkSocket(protocol, 0);
  }

  /** Opens a socket that hears what happens in multicast groups, a bit each. */
  public static NetlinkSocket hearing(int protocol, int groups) throws NetlinkFailed {
    return new NetlinkSocket(protocol, groups);
  }

  /** Where the next request is written; empty. */
  public MessageWriter writer() {
    return writer.clear();
  }

  /**
   * Sends what was written and waits for the acknowledgement that one message asks for; of a batch
   * all is done or nothing.
   *
   * @throws NetlinkFailed with the first refusal
   */
  public void request(String what) throws NetlinkFailed {
    exchange(what, ignored -> {});
  }

  /** As {@link #request}, and hands over what the kernel answers besides. */
  public void exchange(String what, Consumer<Message> answers) throws NetlinkFailed {
    int first = send(what);
    int last = first + writer.acknowledged();
    int refusal = 0;
    while (true) {
      int size = receive(what);
      for (int at = 0; at + HEADER <= size; at += aligned(at)) {
        int number = read.getInt(at + 8);
        if (number - first < 0) {
          continue; // of a request whose answer was given up
        }
        int error = read.getShort(at + 4) == ERROR ? -read.getInt(at + HEADER) : -1;
        if (error > 0 && refusal == 0) {
          refusal = error;
        }
        if (error < 0) {
          answers.accept(message(at));
        } else if (number == last || (number == first && error > 0)) {
          if (refusal != 0) {
            throw NetlinkFailed.refused(what, refusal);
          }
          return;
        }
      }
    }
  }

  /**
   * Sends the dump request that {@code request} writes and hands over every message of the answer;
   * begins anew when something changed meanwhile.
   *
   * @param restart called before each attempt
   */
  public void dump(
      String what, Consumer<MessageWriter> request, Runnable restart, Consumer<Message> messages)
      throws NetlinkFailed {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS_MAX; attempt++) {
      restart.run();
      request.accept(writer());
      if (dumped(what, messages)) {
        return;
      }
    }
    throw NetlinkFailed.uncertain(what + " was interrupted " + DUMP_ATTEMPTS_MAX + " times", 0);
  }

  private boolean dumped(String what, Consumer<Message> messages) throws NetlinkFailed {
    int number = send(what);
    boolean whole = true;
    while (true) {
      int size = receive(what);
      for (int at = 0; at + HEADER <= size; at += aligned(at)) {
        if (read.getInt(at + 8) != number) {
          continue;
        }
        int type = read.getShort(at + 4) & 0xffff;
        int flags = read.getShort(at + 6);
        whole &= (flags & DUMP_INTERRUPTED) == 0;
        if (type == DONE || type == ERROR) {
          int error = -read.getInt(at + HEADER);
          if (error == EINTR) {
            return false;
          }
          if (error > 0) {
            throw NetlinkFailed.refused(what, error);
          }
          return whole;
        }
        messages.accept(message(at));
        if ((flags & MULTI) == 0) {
          return whole;
        }
      }
    }
  }

  /** Whether anything was heard since the last call, or may have been. */
  public boolean heard() {
    boolean heard = false;
    while (true) {
      long size = SystemCalls.receive(state, socket, incoming, MSG_DONTWAIT);
      if (size == -EAGAIN) {
        return heard;
      }
      heard = true;
      if (size < 0 && size != -ENOBUFS && size != -EINTR) {
        return true;
      }
    }
  }

  @Override
  public void close() {
    SystemCalls.close(state, socket);
    arena.close();
  }

  /** The number of the first message. */
  private int send(String what) throws NetlinkFailed {
    int first = sequence;
    MemorySegment messages = writer.finish(first);
    sequence += writer.messages();
    long sent = SystemCalls.send(state, socket, messages, messages.byteSize());
    if (sent < 0) {
      throw NetlinkFailed.refused(what, (int) -sent);
    }
    return first;
  }

  private int receive(String what) throws NetlinkFailed {
    long size;
    do {
      size = SystemCalls.receive(state, socket, incoming, 0);
    } while (size == -EINTR);
    if (size < 0) {
      throw NetlinkFailed.uncertain(what, (int) -size);
    }
    return (int) size;
  }

  private Message message(int at) {
    int length = read.getInt(at);
    int body = Math.max(0, length - HEADER - 4);
    return new Message(
        read.getShort(at + 4) & 0xffff,
        body == 0 ? 0 : read.get(at + HEADER) & 0xff,
        read.slice(Math.min(at + HEADER + 4, read.limit()), body).order(ByteOrder.nativeOrder()));
  }

  private int aligned(int at) {
    return Math.max(HEADER, (read.getInt(at) + 3) & ~3);
  }

  private int set(int option, MemorySegment value) {
    return SystemCalls.setOption(state, socket, SOL_SOCKET, option, value);
  }

  private static void require(String what, int answer) throws NetlinkFailed {
    if (answer < 0) {
      throw NetlinkFailed.refused(what, -answer);
    }
  }
}
