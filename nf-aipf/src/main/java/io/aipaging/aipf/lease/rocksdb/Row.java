package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.codec.SessionUnreadable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A session's row: a head that an append needs, and the session. The head says where the session
 * stands in those indices that change, so that an append can take it out of them without reading
 * all of it.
 *
 * @param version the session's
 * @param evidence its newest evidence
 * @param endMillis its end, cut to milliseconds
 * @param state its state's name
 * @param anchors anchors with a live lease, sorted, each once
 */
record Row(
    long version, EvidenceHead evidence, long endMillis, String state, List<String> anchors) {
  private static final byte FORMAT = 1;
  private static final int HASH_BYTES = 32;
  private static final int FIXED_BYTES = 1 + 2 * Long.BYTES + HASH_BYTES + Long.BYTES + 2;

  private static final Set<String> TERMINAL =
      Stream.of(EndReason.Outcome.values()).map(Enum::name).collect(Collectors.toSet());

  Row {
    anchors = List.copyOf(anchors);
  }

  /** The head of {@code session} whose newest evidence is {@code evidence}. */
  static Row of(Session session, EvidenceHead evidence) {
    return new Row(
        session.version(),
        evidence,
        session.expiresAt().toEpochMilli(),
        session.state().name(),
        session.state().live().stream()
            .map(lease -> lease.anchor().id())
            .distinct()
            .sorted()
            .toList());
  }

  /** Whether its session is over. */
  boolean terminal() {
    return TERMINAL.contains(state);
  }

  /** The bytes of the row of {@code session}. */
  byte[] bytes(Session session) {
    byte[] body = SessionCodec.write(session);
    int anchorBytes = anchors.stream().mapToInt(anchor -> 1 + anchor.length()).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(FIXED_BYTES + state.length() + anchorBytes + body.length)
            .put(FORMAT)
            .putLong(version)
            .putLong(evidence.seq())
            .put(HexFormat.of().parseHex(evidence.sha256()))
            .putLong(endMillis);
    put(bytes, state);
    bytes.put((byte) anchors.size());
    anchors.forEach(anchor -> put(bytes, anchor));
    return bytes.put(body).array();
  }

  /** The head of a row. */
  static Row head(byte[] row) {
    return head(ByteBuffer.wrap(row));
  }

  /** A row taken apart. */
  record Parts(Row head, Session session) {}

  /** The session of a row. */
  static Session session(byte[] row) {
    return parts(row).session();
  }

  /** The session of a row, and its head. */
  static Parts parts(byte[] row) {
    ByteBuffer bytes = ByteBuffer.wrap(row);
    Row head = head(bytes);
    Session session;
    try {
      session = SessionCodec.read(row, bytes.position(), bytes.remaining());
    } catch (SessionUnreadable e) {
      throw new StoreUnavailable("a row of the store cannot be read" + Advice.CHECK, e);
    }
    if (session.version() != head.version) {
      throw new StoreUnavailable("a row of the store contradicts itself" + Advice.CHECK);
    }
    return new Parts(head, session);
  }

  private static Row head(ByteBuffer bytes) {
    try {
      byte format = bytes.get();
      if (format != FORMAT) {
        throw new StoreUnavailable(
            "a row of the store is of format " + format + ", not " + FORMAT + Advice.CHECK);
      }
      long version = bytes.getLong();
      long seq = bytes.getLong();
      byte[] hash = new byte[HASH_BYTES];
      bytes.get(hash);
      long endMillis = bytes.getLong();
      String state = text(bytes);
      int count = bytes.get();
      List<String> anchors = new ArrayList<>(Math.max(count, 0));
      for (int i = 0; i < count; i++) {
        anchors.add(text(bytes));
      }
      EvidenceHead evidence = new EvidenceHead(seq, HexFormat.of().formatHex(hash));
      return new Row(version, evidence, endMillis, state, anchors);
    } catch (BufferUnderflowException e) {
      throw new StoreUnavailable("a row of the store is cut" + Advice.CHECK, e);
    }
  }

  private static void put(ByteBuffer bytes, String text) {
    bytes.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.get() & 0xff];
    bytes.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
