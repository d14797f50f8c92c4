package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.protocol.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Reads a store at rest, as far as it can be read. */
final class RocksDbDump implements StoreDump {
  private final Database database;
  private final StoreFolder folder;
  private final FileChannel lock;

  /**
   * A dump.
   *
   * @param lock held until it is closed, so that nobody opens the store to write
   */
  RocksDbDump(StoreFolder folder, Database database, FileChannel lock) {
    this.folder = folder;
    this.database = database;
    this.lock = lock;
  }

  @Override
  public void parts(Consumer<Part> each, Consumer<String> faults) {
    rows(each, faults);
    try {
      database.scan(
          Family.FORGOTTEN,
          Batch.NOTHING,
          null,
          (key, value) -> {
            forgotten(key, each, faults);
            return true;
          });
    } catch (StoreUnavailable e) {
      faults.accept("some evidence of forgotten sessions is lost: " + e.getMessage());
    }
  }

  private void rows(Consumer<Part> each, Consumer<String> faults) {
    byte[][] last = {Batch.NOTHING};
    try {
      database.scan(
          Family.SESSIONS,
          Batch.NOTHING,
          null,
          (key, row) -> {
            last[0] = key;
            row(key, row, each, faults);
            return true;
          });
    } catch (StoreUnavailable e) {
      faults.accept("some sessions are damaged: " + e.getMessage());
      rowsByIndex(last[0], each, faults);
    }
  }

  /** Where a scan ends at damage an index still knows who comes after it. */
  private void rowsByIndex(byte[] after, Consumer<Part> each, Consumer<String> faults) {
    try {
      database.scan(
          Family.BY_END,
          Batch.NOTHING,
          null,
          (entry, value) -> {
            byte[] key = Arrays.copyOfRange(entry, Long.BYTES, entry.length);
            if (Arrays.compareUnsigned(key, after) > 0) {
              rowAlone(key, each, faults);
            }
            return true;
          });
    } catch (StoreUnavailable e) {
      faults.accept("more sessions may be lost: " + e.getMessage());
    }
  }

  private void rowAlone(byte[] key, Consumer<Part> each, Consumer<String> faults) {
    try {
      byte[] row = database.get(Family.SESSIONS, key);
      if (row == null) {
        faults.accept("session " + Keys.id(key) + " is in an index only");
      } else {
        row(key, row, each, faults);
      }
    } catch (StoreUnavailable e) {
      faults.accept("session " + Keys.id(key) + " is lost: " + e.getMessage());
    }
  }

  private void row(byte[] key, byte[] row, Consumer<Part> each, Consumer<String> faults) {
    Part part;
    try {
      SessionId id = Keys.id(key);
      part = new Part(id, Row.session(row), null, evidence(id));
    } catch (StoreUnavailable | IllegalArgumentException e) {
      faults.accept("a session is lost: " + e.getMessage());
      return;
    }
    each.accept(part);
  }

  private void forgotten(byte[] entry, Consumer<Part> each, Consumer<String> faults) {
    Part part;
    try {
      SessionId id = Keys.id(entry, Long.BYTES);
      Instant at = Instant.ofEpochMilli(Keys.millis(entry));
      part = new Part(id, null, at, evidence(id));
    } catch (StoreUnavailable | IllegalArgumentException e) {
      faults.accept("evidence of a forgotten session is lost: " + e.getMessage());
      return;
    }
    each.accept(part);
  }

  private List<String> evidence(SessionId id) {
    List<String> records = new ArrayList<>();
    database.scan(
        Family.EVIDENCE,
        Keys.evidence(id, 0),
        Keys.evidence(id, Long.MAX_VALUE),
        (key, value) -> {
          records.add(new String(value, StandardCharsets.UTF_8));
          return true;
        });
    return records;
  }

  @Override
  public void inspect(Consumer<String> faults) {
    new Inspection(folder, database, faults).run();
  }

  @Override
  public void close() {
    database.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the store's lock cannot be given back", e);
    }
  }
}
