package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides what is old enough to be forgotten; a bounded part of it at a time. */
final class Forgetting {
  private static final int AT_ONCE = 2_048;
  private final Database database;
  private final Duration evidenceRetention;

  Forgetting(Database database, Duration evidenceRetention) {
    this.database = database;
    this.evidenceRetention = evidenceRetention;
  }

  /** What forgets the rows that are old enough at {@code now}; as many as its count says. */
  Batch rows(Instant now) {
    Batch batch = new Batch();
    for (byte[] entry : until(Family.TERMINAL, now.minus(LeaseStore.READABLE_MIN))) {
      batch.delete(Family.TERMINAL, entry);
      SessionId id = Keys.id(entry, Long.BYTES);
      byte[] row = database.get(Family.SESSIONS, Keys.session(id));
      if (row != null && Row.head(row).terminal()) {
        forget(batch, row);
        batch.put(Family.FORGOTTEN, Keys.entry(now, id));
        batch.count(-1);
      }
    }
    return batch;
  }

  private static void forget(Batch batch, byte[] row) {
    Session session = Row.session(row);
    batch.delete(Family.SESSIONS, Keys.session(session.id()));
    Indices.moving(batch, session.id(), Row.head(row), null);
    Indices.lasting(session.facts(), (family, key, value) -> batch.delete(family, key));
  }

  /** What forgets the evidence that is old enough at {@code now}. */
  Batch evidence(Instant now) {
    Batch batch = new Batch();
    for (byte[] entry : until(Family.FORGOTTEN, now.minus(evidenceRetention))) {
      SessionId id = Keys.id(entry, Long.BYTES);
      batch.delete(Family.FORGOTTEN, entry);
      batch.deleteRange(Family.EVIDENCE, Keys.evidence(id, 0), Keys.evidence(id, Long.MAX_VALUE));
    }
    return batch;
  }

  /** Entries of {@code time} and before, oldest first. */
  private List<byte[]> until(Family family, Instant time) {
    List<byte[]> entries = new ArrayList<>();
    database.scan(
        family,
        new byte[0],
        Keys.prefix(time.toEpochMilli() + 1),
        (key, value) -> {
          entries.add(key);
          return entries.size() < AT_ONCE;
        });
    return entries;
  }
}
