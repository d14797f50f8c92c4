package io.aipaging.smfadapter.netlink;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes netlink messages, one behind the other, into memory of fixed size. Numbers of attributes
 * are in network byte order unless said otherwise. Not thread-safe.
 */
public final class MessageWriter {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfShort BIG_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BIG_INT = INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong BIG_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int NESTED = 0x8000;
  private static final int FLAGS_OFFSET = 6;
  private static final int SEQUENCE_OFFSET = 8;
  private static final int REQUEST = 1;
  private static final int ACK = 4;
  private static final int ATTRIBUTE_HEADER = 4;

  private final MemorySegment memory;
  private int size;
  private int message = -1;
  private int messages;
  private int acknowledged;

  MessageWriter(MemorySegment memory) {
    this.memory = memory;
  }

  /** Forgets what was written. */
  public MessageWriter clear() {
    size = 0;
    message = -1;
    messages = 0;
    acknowledged = 0;
    return this;
  }

  /**
   * Begins a message of {@code nfnetlink} with its header.
   *
   * @param type subsystem and message
   * @param flags of {@code nlmsghdr}, besides {@code NLM_F_REQUEST}
   * @param family address family
   * @param resource {@code res_id}
   */
  public MessageWriter begin(int type, int flags, int family, int resource) {
    end();
    message = size;
    messages++;
    memory.set(INT, size, 0);
    memory.set(SHORT, size + 4L, (short) type);
    memory.set(SHORT, size + (long) FLAGS_OFFSET, (short) (flags | REQUEST));
    memory.set(INT, size + (long) SEQUENCE_OFFSET, 0);
    memory.set(INT, size + 12L, 0);
    memory.set(BYTE, size + 16L, (byte) family);
    memory.set(BYTE, size + 17L, (byte) 0);
    memory.set(BIG_SHORT, size + 18L, (short) resource);
    size += 20;
    return this;
  }

  /** Begins an attribute that holds others; {@link #close} takes what this returns. */
  public int open(int type) {
    int at = size;
    memory.set(SHORT, size + 2L, (short) (type | NESTED));
    size += ATTRIBUTE_HEADER;
    return at;
  }

  /** Ends an attribute. */
  public MessageWriter close(int opened) {
    memory.set(SHORT, opened, (short) (size - opened));
    return this;
  }

  /** A text with its closing zero. */
  public MessageWriter text(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    header(type, bytes.length + 1);
    pad(bytes.length + 1);
    MemorySegment.copy(bytes, 0, memory, BYTE, size, bytes.length);
    size += padded(bytes.length + 1);
    return this;
  }

  /** Bytes; the position of {@code value} stays. */
  public MessageWriter bytes(int type, ByteBuffer value) {
    int length = value.remaining();
    header(type, length);
    pad(length);
    MemorySegment.copy(MemorySegment.ofBuffer(value), 0, memory, size, length);
    size += padded(length);
    return this;
  }

  /** 32 bits. */
  public MessageWriter number(int type, int value) {
    header(type, Integer.BYTES);
    memory.set(BIG_INT, size, value);
    size += Integer.BYTES;
    return this;
  }

  /** 64 bits. */
  public MessageWriter number(int type, long value) {
    header(type, Long.BYTES);
    memory.set(BIG_LONG, size, value);
    size += Long.BYTES;
    return this;
  }

  /** Asks for an acknowledgement of the message under way; only one of a request is asked for. */
  public MessageWriter acknowledge() {
    long flags = message + (long) FLAGS_OFFSET;
    memory.set(SHORT, flags, (short) (memory.get(SHORT, flags) | ACK));
    acknowledged = messages - 1;
    return this;
  }

  /** Messages written. */
  int messages() {
    return messages;
  }

  /** Which of them is acknowledged. */
  int acknowledged() {
    return acknowledged;
  }

  /** Completes the last message; numbers all from {@code first}. */
  MemorySegment finish(int first) {
    end();
    int sequence = first;
    for (long at = 0; at < size; at += memory.get(INT, at)) {
      memory.set(INT, at + SEQUENCE_OFFSET, sequence++);
    }
    return memory.asSlice(0, size);
  }

  private void end() {
    if (message >= 0) {
      memory.set(INT, message, size - message);
      message = -1;
    }
  }

  private void header(int type, int length) {
    memory.set(SHORT, size, (short) (ATTRIBUTE_HEADER + length));
    memory.set(SHORT, size + 2L, (short) type);
    size += ATTRIBUTE_HEADER;
  }

  /** Zeroes the last word of what will take {@code length} bytes. */
  private void pad(int length) {
    if (length > 0) {
      memory.set(INT, size + (long) padded(length) - Integer.BYTES, 0);
    }
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }
}
