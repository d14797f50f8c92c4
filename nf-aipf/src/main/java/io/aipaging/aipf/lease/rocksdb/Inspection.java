package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares what the families say of each other. Every entry that a row stands for must be there,
 * and there must be no more entries than that: so they agree both ways without anything being kept.
 */
final class Inspection {
  private static final List<Family> INDICES =
      List.of(
          Family.BY_END,
          Family.BY_STATE,
          Family.BY_ANCHOR,
          Family.BY_UE,
          Family.BY_AF,
          Family.BY_AISI,
          Family.FLOWS,
          Family.IDEMPOTENCY,
          Family.TERMINAL);

  private final StoreFolder folder;
  private final Database database;
  private final Consumer<String> faults;
  private final Map<Family, Long> expected = new EnumMap<>(Family.class);
  private long records;

  Inspection(StoreFolder folder, Database database, Consumer<String> faults) {
    this.folder = folder;
    this.database = database;
    this.faults = faults;
  }

  private interface Step {
    void run();
  }

  void run() {
    step("how far writes were acknowledged", this::acknowledged);
    step("checksums", database::verifyChecksums);
    step("rows", this::rows);
    step("forgotten sessions", this::forgotten);
    for (Family family : INDICES) {
      step("index " + family, () -> size(family, expected.getOrDefault(family, 0L)));
    }
    step("evidence", () -> size(Family.EVIDENCE, records));
  }

  private void step(String what, Step step) {
    try {
      step.run();
    } catch (StoreUnavailable | StoreUnusable | IllegalArgumentException e) {
      faults.accept(what + ": " + e.getMessage());
    }
  }

  private void acknowledged() {
    long number = Acknowledged.read(folder.acknowledged());
    if (database.sequence() < number) {
      faults.accept(
          "the log is damaged: the newest of the acknowledged writes are lost, so sessions may be"
              + " older than what was told of them");
    }
  }

  private void rows() {
    long[] sessions = {0};
    database.scan(
        Family.SESSIONS,
        Batch.NOTHING,
        null,
        (key, bytes) -> {
          sessions[0]++;
          step("session " + new String(key, StandardCharsets.ISO_8859_1), () -> row(bytes));
          return true;
        });
    byte[] counted = database.get(Family.META, Keys.SESSION_COUNT);
    long count = counted == null ? 0 : Keys.number(counted);
    if (count != sessions[0]) {
      faults.accept("the store counts " + count + " sessions and has " + sessions[0]);
    }
  }

  private void row(byte[] bytes) {
    Session session = Row.session(bytes);
    Row head = Row.head(bytes);
    if (!Row.of(session, head.evidence()).equals(head)) {
      faults.accept("session " + session.id() + ": the head of its row contradicts it");
    }
    EvidenceHead newest = head.evidence();
    byte[] record = database.get(Family.EVIDENCE, Keys.evidence(session.id(), newest.seq()));
    if (record == null
        || !Crypto.sha256Hex(new String(record, StandardCharsets.UTF_8)).equals(newest.sha256())) {
      faults.accept("session " + session.id() + ": its newest evidence is not what its row says");
    }
    records += newest.seq();
    Indices.all(session, head, (family, key, value) -> entry(session.id(), family, key, value));
  }

  private void entry(SessionId id, Family family, byte[] key, byte[] value) {
    expected.merge(family, 1L, Long::sum);
    if (!Arrays.equals(database.get(family, key), value)) {
      faults.accept("session " + id + " is missing in index " + family);
    }
  }

  private void forgotten() {
    database.scan(
        Family.FORGOTTEN,
        Batch.NOTHING,
        null,
        (key, value) -> {
          records += count(Keys.id(key, Long.BYTES));
          return true;
        });
  }

  private long count(SessionId id) {
    long[] count = {0};
    database.scan(
        Family.EVIDENCE,
        Keys.evidence(id, 0),
        Keys.evidence(id, Long.MAX_VALUE),
        (key, value) -> {
          count[0]++;
          return true;
        });
    return count[0];
  }

  private void size(Family family, long entries) {
    long[] there = {0};
    database.scan(
        family,
        Batch.NOTHING,
        null,
        (key, value) -> {
          there[0]++;
          return true;
        });
    if (there[0] != entries) {
      faults.accept(
          "index " + family + " has " + there[0] + " entries; sessions stand for " + entries);
    }
  }
}
