package io.aipaging.aipf.lease.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What becomes durable together or not at all. Made by one thread, written by another. */
final class Batch {
  static final byte[] NOTHING = {};
  private final List<Change> changes = new ArrayList<>(8);
  private int sessions;
  private int bytes;

  private interface Change {
    void addTo(WriteBatch batch, Function<Family, ColumnFamilyHandle> handles)
        throws RocksDBException;
  }

  void put(Family family, byte[] key, byte[] value) {
    changes.add((batch, handles) -> batch.put(handles.apply(family), key, value));
    bytes += key.length + value.length;
  }

  /** An entry whose key says all. */
  void put(Family family, byte[] key) {
    put(family, key, NOTHING);
  }

  void delete(Family family, byte[] key) {
    changes.add((batch, handles) -> batch.delete(handles.apply(family), key));
    bytes += key.length;
  }

  /** Removes every key from {@code from} up to and without {@code to}. */
  void deleteRange(Family family, byte[] from, byte[] to) {
    changes.add((batch, handles) -> batch.deleteRange(handles.apply(family), from, to));
    bytes += from.length + to.length;
  }

  /** It adds that many sessions, or takes them away. */
  void count(int more) {
    sessions += more;
  }

  int sessions() {
    return sessions;
  }

  int bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  void addTo(WriteBatch batch, Function<Family, ColumnFamilyHandle> handles)
      throws RocksDBException {
    for (Change change : changes) {
      change.addTo(batch, handles);
    }
  }
}
