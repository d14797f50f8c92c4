package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.IpLiteral;
import io.aipaging.protocol.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Keys of all families. RocksDB orders them as unsigned bytes; every key of a session ends with its
 * id or begins with it, and what stands before the id is of fixed or of written length.
 */
final class Keys {
  static final byte[] SESSION_COUNT = ascii("sessions");
  static final byte[] OPENED = ascii("opened");

  private Keys() {}

  static byte[] session(SessionId id) {
    return ascii(id.value());
  }

  static byte[] evidence(SessionId id, long seq) {
    byte[] session = session(id);
    return ByteBuffer.allocate(session.length + 1 + Long.BYTES)
        .put(session)
        .put((byte) 0)
        .putLong(seq)
        .array();
  }

  /** The entry of {@code id} below {@code text}. */
  static byte[] entry(String text, SessionId id) {
    return concat(prefix(text), session(id));
  }

  /** Where the entries below {@code text} begin. */
  static byte[] prefix(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Short.BYTES + bytes.length)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  /** The entry of {@code id} at {@code time}. */
  static byte[] entry(Instant time, SessionId id) {
    return entry(time.toEpochMilli(), id);
  }

  static byte[] entry(long millis, SessionId id) {
    return concat(prefix(millis), session(id));
  }

  /** Where the entries of a millisecond begin; those before 1970 come before those after. */
  static byte[] prefix(long millis) {
    return ByteBuffer.allocate(Long.BYTES).putLong(millis ^ Long.MIN_VALUE).array();
  }

  /** The millisecond of an entry. */
  static long millis(byte[] entry) {
    return ByteBuffer.wrap(entry).getLong() ^ Long.MIN_VALUE;
  }

  static byte[] flow(Flow flow) {
    return ascii(
        flow.ue()
            + " "
            + IpLiteral.format(flow.service().address())
            + " "
            + flow.service().protocol()
            + " "
            + flow.service().port());
  }

  static byte[] idempotency(String consumer, String key) {
    return concat(prefix(consumer), key.getBytes(StandardCharsets.UTF_8));
  }

  /** The session an entry ends with, after {@code prefixLength} bytes. */
  static SessionId id(byte[] entry, int prefixLength) {
    if (entry.length < prefixLength) {
      throw new IllegalArgumentException("an entry is too short");
    }
    return id(Arrays.copyOfRange(entry, prefixLength, entry.length));
  }

  static SessionId id(byte[] session) {
    return new SessionId(new String(session, StandardCharsets.ISO_8859_1));
  }

  static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  static long number(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  /** The smallest key after {@code key}. */
  static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** The smallest key after all that begin with {@code prefix}, which is not all ones. */
  static byte[] afterAll(byte[] prefix) {
    for (int last = prefix.length - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xff) {
        byte[] after = Arrays.copyOf(prefix, last + 1);
        after[last]++;
        return after;
      }
    }
    throw new IllegalArgumentException("nothing is after that prefix");
  }

  static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
