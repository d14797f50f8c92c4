package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.protocol.SessionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which entries a session has in which index. */
final class Indices {
  private Indices() {}

  /** Takes an entry: puts it, deletes it or looks at it. */
  interface Sink {
    /**
     * One entry.
     *
     * @param value the session's id where the key does not end with it, else nothing
     */
    void accept(Family family, byte[] key, byte[] value);
  }

  /** Every entry of a session with that row. */
  static void all(Session session, Row row, Sink sink) {
    SessionId id = session.id();
    lasting(session.facts(), sink);
    standing(session, sink);
    sink.accept(Family.BY_END, Keys.entry(row.endMillis(), id), Batch.NOTHING);
    sink.accept(Family.BY_STATE, Keys.entry(row.state(), id), Batch.NOTHING);
    for (String anchor : row.anchors()) {
      sink.accept(Family.BY_ANCHOR, Keys.entry(anchor, id), Batch.NOTHING);
    }
  }

  /** Entries that stay as long as the row. */
  static void lasting(SessionFacts facts, Sink sink) {
    SessionId id = facts.id();
    sink.accept(Family.BY_UE, Keys.entry(facts.subscriber().ue().toString(), id), Batch.NOTHING);
    sink.accept(Family.BY_AISI, Keys.entry(facts.service().aisi().toString(), id), Batch.NOTHING);
    if (facts.origin().afId() != null) {
      sink.accept(Family.BY_AF, Keys.entry(facts.origin().afId(), id), Batch.NOTHING);
    }
    byte[] key = idempotency(facts);
    if (key != null) {
      sink.accept(Family.IDEMPOTENCY, key, Keys.session(id));
    }
  }

  /** Key of the session's idempotency key, or null when it has none. */
  static byte @Nullable [] idempotency(SessionFacts facts) {
    String key = facts.origin().idempotencyKey();
    return key == null ? null : Keys.idempotency(facts.origin().consumer(), key);
  }

  /** The entry of a session that is live, or of one that is over. */
  static void standing(Session session, Sink sink) {
    SessionId id = session.id();
    if (session.state() instanceof SessionState.Terminal terminal) {
      sink.accept(Family.TERMINAL, Keys.entry(terminal.endedAt(), id), Batch.NOTHING);
    } else {
      sink.accept(Family.FLOWS, Keys.flow(session.facts().flow()), Keys.session(id));
    }
  }

  /** Writes what changes between two rows; {@code before} is null for the first. */
  static void moving(Batch batch, SessionId id, @Nullable Row before, @Nullable Row after) {
    if (before == null || after == null || before.endMillis() != after.endMillis()) {
      if (before != null) {
        batch.delete(Family.BY_END, Keys.entry(before.endMillis(), id));
      }
      if (after != null) {
        batch.put(Family.BY_END, Keys.entry(after.endMillis(), id));
      }
    }
    replace(batch, Family.BY_STATE, id, states(before), states(after));
    replace(batch, Family.BY_ANCHOR, id, anchors(before), anchors(after));
  }

  private static List<String> states(@Nullable Row row) {
    return row == null ? List.of() : List.of(row.state());
  }

  private static List<String> anchors(@Nullable Row row) {
    return row == null ? List.of() : row.anchors();
  }

  private static void replace(
      Batch batch, Family family, SessionId id, List<String> before, List<String> after) {
    for (String old : before) {
      if (!after.contains(old)) {
        batch.delete(family, Keys.entry(old, id));
      }
    }
    for (String fresh : after) {
      if (!before.contains(fresh)) {
        batch.put(family, Keys.entry(fresh, id));
      }
    }
  }
}
