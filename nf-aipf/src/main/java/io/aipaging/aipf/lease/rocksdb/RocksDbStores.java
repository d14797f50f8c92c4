package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.StoreUnusable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes and opens stores, and refuses those that have lost something. */
public final class RocksDbStores {
  /** Larger ones are verified block by block as they are read. */
  private static final long VERIFIED_AT_START_BYTES = 1L << 30;

  private RocksDbStores() {}

  /**
   * Opens the store in {@code path}; makes it where there is none.
   *
   * @throws StoreUnusable when it is damaged, of another format or open elsewhere
   */
  public static RocksDbLeaseStore open(Path path, RocksDbLimits limits) {
    StoreFolder folder = new StoreFolder(path);
    try {
      if (folder.fresh()) {
        return start(folder, create(folder, limits), limits);
      }
      folder.requireFormat();
      probe(folder, limits);
      return start(folder, opening(folder, limits).writable(false), limits);
    } catch (IOException e) {
      throw new StoreUnusable("the store at " + path + " cannot be opened: is it writable?", e);
    }
  }

  /**
   * Opens the store in {@code path} to be checked or exported, damaged or not.
   *
   * @throws StoreUnusable when there is none, it is of another format or a process has it open
   */
  public static StoreDump dump(Path path, RocksDbLimits limits) {
    StoreFolder folder = new StoreFolder(path);
    if (Files.notExists(folder.database())) {
      throw new StoreUnusable("there is no store at " + path);
    }
    if (!folder.fresh()) {
      folder.requireFormat();
    }
    try {
      FileChannel lock = folder.lock();
      try {
        return new RocksDbDump(folder, opening(folder, limits).readable(), lock);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreUnusable("the store at " + path + " cannot be read", e);
    }
  }

  /**
   * Makes a store in {@code path} to be filled.
   *
   * @throws StoreUnusable when there is one, or the rest of one
   */
  public static StoreFill fill(Path path, RocksDbLimits limits) {
    StoreFolder folder = new StoreFolder(path);
    if (!folder.fresh() || Files.exists(folder.database())) {
      throw new StoreUnusable(
          "there is a store at " + path + " already; import into a folder where none is");
    }
    try {
      Durable.folder(path);
      return new RocksDbFill(folder, opening(folder, limits).writable(true));
    } catch (IOException e) {
      throw new StoreUnusable("the store at " + path + " cannot be made: is it writable?", e);
    }
  }

  private static Opening opening(StoreFolder folder, RocksDbLimits limits) {
    return new Opening(folder.database(), limits.cacheBytes());
  }

  private static Database create(StoreFolder folder, RocksDbLimits limits) throws IOException {
    Durable.folder(folder.path());
    Database database = opening(folder, limits).writable(true);
    try {
      if (!database.isEmpty(Family.META) || !database.isEmpty(Family.SESSIONS)) {
        throw new StoreUnusable(folder.path() + " is a store without its format" + Advice.RESTORE);
      }
      Acknowledged.create(folder.acknowledged());
      folder.writeFormat();
      return database;
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Looks whether everything acknowledged is there, and changes nothing. */
  private static void probe(StoreFolder folder, RocksDbLimits limits) {
    long acknowledged = Acknowledged.read(folder.acknowledged());
    if (Files.notExists(folder.database())) {
      throw new StoreUnusable("the database of " + folder.path() + " is gone" + Advice.RESTORE);
    }
    try (Database database = opening(folder, limits).readable()) {
      if (database.sequence() < acknowledged) {
        throw new StoreUnusable(
            "the store at "
                + folder.path()
                + " has lost writes that were acknowledged: its log is damaged"
                + Advice.RESTORE);
      }
      if (database.tableBytes() <= VERIFIED_AT_START_BYTES) {
        database.verifyChecksums();
      }
    } catch (StoreUnavailable e) {
      throw new StoreUnusable("the store at " + folder.path() + " is damaged" + Advice.RESTORE, e);
    }
  }

  private static RocksDbLeaseStore start(
      StoreFolder folder, Database database, RocksDbLimits limits) throws IOException {
    try {
      byte[] before = database.get(Family.META, Keys.OPENED);
      Batch opened = new Batch();
      opened.put(
          Family.META, Keys.OPENED, Keys.number(before == null ? 1 : Keys.number(before) + 1));
      database.write(List.of(opened));
      Acknowledged acknowledged = Acknowledged.open(folder.acknowledged());
      acknowledged.upTo(database.sequence());
      return new RocksDbLeaseStore(database, acknowledged, limits);
    } catch (IOException | RuntimeException e) {
      database.close();
      throw e;
    }
  }
}
