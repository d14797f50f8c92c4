package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreUnavailable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksObject;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open database. Closing waits for whoever is inside, because what RocksDB does after it is
 * closed is not defined. Thread-safe.
 */
final class Database implements AutoCloseable {
  private static final Duration LEAVING = Duration.ofSeconds(30);
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private final List<RocksObject> options;
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch idle = new CountDownLatch(1);

  /**
   * An open database.
   *
   * @param handles in the order of {@link Family}
   * @param options closed with it, in this order
   */
  Database(RocksDB db, List<ColumnFamilyHandle> handles, List<RocksObject> options) {
    this.db = db;
    this.options = List.copyOf(options);
    Iterator<ColumnFamilyHandle> next = handles.iterator();
    for (Family family : Family.values()) {
      families.put(family, next.next());
    }
  }

  /** Sees one entry; false ends the scan. */
  interface Visitor {
    boolean visit(byte[] key, byte[] value);
  }

  private interface Work<T> {
    T apply() throws RocksDBException;
  }

  byte @Nullable [] get(Family family, byte[] key) {
    return inside("read", () -> db.get(handle(family), key));
  }

  /** Visits the entries from {@code from} up to and without {@code to} in order. */
  void scan(Family family, byte[] from, byte @Nullable [] to, Visitor visitor) {
    inside(
        "read",
        () -> {
          try (Slice bound = to == null ? null : new Slice(to);
              ReadOptions reading = new ReadOptions()) {
            if (bound != null) {
              reading.setIterateUpperBound(bound);
            }
            try (RocksIterator at = db.newIterator(handle(family), reading)) {
              at.seek(from);
              while (at.isValid() && visitor.visit(at.key(), at.value())) {
                at.next();
              }
              at.status();
            }
          }
          return true;
        });
  }

  boolean isEmpty(Family family) {
    boolean[] empty = {true};
    scan(
        family,
        Batch.NOTHING,
        null,
        (key, value) -> {
          empty[0] = false;
          return false;
        });
    return empty[0];
  }

  /** Writes all of them or none; durable when it returns. */
  void write(List<Batch> batches) {
    inside(
        "write",
        () -> {
          try (WriteBatch together = new WriteBatch()) {
            for (Batch batch : batches) {
              batch.addTo(together, this::handle);
            }
            db.write(synced, together);
          }
          return true;
        });
  }

  /** Number of the last change. */
  long sequence() {
    return inside("read", db::getLatestSequenceNumber);
  }

  /** Reads every block of every file and compares it with its checksum. */
  void verifyChecksums() {
    inside(
        "read",
        () -> {
          db.verifyChecksum();
          return true;
        });
  }

  /** Bytes of all its files but the logs. */
  long tableBytes() {
    return inside("read", () -> db.getAggregatedLongProperty("rocksdb.total-sst-files-size"));
  }

  private ColumnFamilyHandle handle(Family family) {
    ColumnFamilyHandle handle = families.get(family);
    if (handle == null) {
      throw new IllegalStateException("every family is open");
    }
    return handle;
  }

  private <T> T inside(String doing, Work<T> work) {
    users.incrementAndGet();
    try {
      if (closing.get()) {
        throw new StoreUnavailable("the store is closed");
      }
      return work.apply();
    } catch (RocksDBException e) {
      throw new StoreUnavailable("the store cannot " + doing + ": " + reason(e), e);
    } finally {
      leave();
    }
  }

  private void leave() {
    if (users.decrementAndGet() == 0 && closing.get()) {
      idle.countDown();
    }
  }

  /** What went wrong, without what RocksDB says of files and keys. */
  static String reason(RocksDBException e) {
    return e.getStatus() == null ? "unknown" : String.valueOf(e.getStatus().getCode());
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    leave();
    boolean empty = false;
    try {
      empty = idle.await(LEAVING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (empty) { // else it stays open: who is inside would take the process with it
      synced.close();
      families.values().forEach(ColumnFamilyHandle::close);
      db.close();
      options.forEach(RocksObject::close);
    }
  }
}
