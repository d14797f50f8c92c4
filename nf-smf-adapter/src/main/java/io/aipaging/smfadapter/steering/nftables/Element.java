package io.aipaging.smfadapter.steering.nftables;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An element of one of the gate's sets, without the time it has.
 *
 * @param set name of the set or map
 * @param key as the kernel compares it; never read by moving its position
 * @param value what it leads to
 */
record Element(String set, ByteBuffer key, Value value) {

  /** What an element says besides being there. */
  sealed interface Value {
    /** Nothing: the element of a set. */
    record None() implements Value {}

    /** Bytes, as the kernel copies them. */
    record Bits(ByteBuffer bytes) implements Value {}

    /** A chain to be walked. */
    record Jump(String chain) implements Value {}

    /**
     * A rate above which the element matches.
     *
     * @param bytesPerSecond at least 1
     * @param burst bytes
     */
    record Above(long bytesPerSecond, int burst) implements Value {}

    /** Something the gate never writes. */
    record Foreign() implements Value {}
  }

  /** Nothing besides being there. */
  static final Value NONE = new Value.None();

  /** A number in the byte order of the host, as marks are kept. */
  static ByteBuffer mark(long value) {
    return ByteBuffer.allocate(Integer.BYTES)
        .order(ByteOrder.nativeOrder())
        .putInt((int) value)
        .flip();
  }

  /** A number of 1 to 65535 in the byte order of the host, as conntrack zones are kept. */
  static ByteBuffer zone(int value) {
    return ByteBuffer.allocate(Short.BYTES)
        .order(ByteOrder.nativeOrder())
        .putShort((short) value)
        .flip();
  }

  /** A port as a key of its own. */
  static ByteBuffer port(int port) {
    return ByteBuffer.allocate(Short.BYTES).putShort((short) port).flip();
  }

  /** An address and a port; every field takes whole words of four bytes. */
  static ByteBuffer endpoint(InetAddress address, int port) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.allocate(bytes.length + Integer.BYTES)
        .put(bytes)
        .putShort((short) port)
        .rewind();
  }
}
