package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.StoreUnusable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Priority;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;

/**
 * Opens the database with little memory: one bounded cache for blocks, indices and filters; what is
 * not yet in files is bounded by its log. A log is replayed up to its first fault; whether that was
 * far enough is for {@link Acknowledged} to say.
 */
final class Opening {
  private static final long MEGABYTE = 1 << 20;
  private static final long WAL_BYTES_MAX = 128 * MEGABYTE;
  private static final long BUFFER_BYTES = 32 * MEGABYTE;
  private static final long INDEX_BUFFER_BYTES = 4 * MEGABYTE;
  private static final long BUFFERS_BYTES_MAX = 128 * MEGABYTE;
  private static final int BUFFERS_MAX = 4;

  /** Merging can wait until a storm is over: reading a few files more costs little. */
  private static final int FILES_UNMERGED = 8;

  private static final int FILES_MAX = 512;
  private static final int FILTER_BITS = 10;
  private static final double HIGH_PRIORITY_SHARE = 0.5;
  private final Path path;
  private final List<RocksObject> objects = new ArrayList<>();
  private final Cache cache;
  private final Consumer<DBOptions> also;

  /**
   * Opens a database in {@code path}.
   *
   * @param cacheBytes bound of the cache
   */
  Opening(Path path, long cacheBytes) {
    this(path, cacheBytes, options -> {});
  }

  /**
   * The same with more options.
   *
   * @param also sets them
   */
  Opening(Path path, long cacheBytes, Consumer<DBOptions> also) {
    NativeLibrary.load();
    Env.getDefault().lowerThreadPoolCPUPriority(Priority.LOW);
    this.path = path;
    this.cache = keep(new LRUCache(cacheBytes, -1, false, HIGH_PRIORITY_SHARE));
    this.also = also;
  }

  private interface Way {
    RocksDB open(
        DBOptions options, List<ColumnFamilyDescriptor> families, List<ColumnFamilyHandle> handles)
        throws RocksDBException;
  }

  /** Opens it to write; nobody else can then. */
  Database writable(boolean create) {
    DBOptions options = options().setCreateIfMissing(create).setCreateMissingColumnFamilies(create);
    return open(
        options, (all, families, handles) -> RocksDB.open(all, path.toString(), families, handles));
  }

  /** Opens it to read; changes nothing in its files. */
  Database readable() {
    return open(
        options(),
        (all, families, handles) -> RocksDB.openReadOnly(all, path.toString(), families, handles));
  }

  private Database open(DBOptions options, Way way) {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (Family family : Family.values()) {
      families.add(new ColumnFamilyDescriptor(family.label(), options(family)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      return new Database(way.open(options, families, handles), handles, objects.reversed());
    } catch (RocksDBException e) {
      objects.reversed().forEach(RocksObject::close);
      throw unusable(e);
    }
  }

  private StoreUnusable unusable(RocksDBException e) {
    Status status = e.getStatus();
    boolean locked =
        status != null
            && status.getCode() == Status.Code.IOError
            && String.valueOf(e.getMessage()).contains("lock ");
    return locked
        ? new StoreUnusable("another process has the store at " + path + " open", e)
        : new StoreUnusable(
            "the store at "
                + path
                + " cannot be opened ("
                + Database.reason(e)
                + ")"
                + Advice.RESTORE,
            e);
  }

  private DBOptions options() {
    DBOptions options = keep(new DBOptions());
    also.accept(options);
    return options
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setParanoidChecks(true)
        .setMaxTotalWalSize(WAL_BYTES_MAX)
        .setDbWriteBufferSize(BUFFERS_BYTES_MAX)
        .setBytesPerSync(MEGABYTE)
        .setMaxOpenFiles(FILES_MAX)
        .setMaxBackgroundJobs(2)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setMaxLogFileSize(MEGABYTE);
  }

  private ColumnFamilyOptions options(Family family) {
    boolean large = family == Family.SESSIONS || family == Family.EVIDENCE;
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFilterPolicy(keep(new BloomFilter(FILTER_BITS, false)));
    return keep(new ColumnFamilyOptions())
        .setTableFormatConfig(table)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setWriteBufferSize(large ? BUFFER_BYTES : INDEX_BUFFER_BYTES)
        .setMaxWriteBufferNumber(BUFFERS_MAX)
        .setLevel0FileNumCompactionTrigger(FILES_UNMERGED)
        .setLevelCompactionDynamicLevelBytes(true);
  }

  private <T extends RocksObject> T keep(T object) {
    objects.add(object);
    return object;
  }
}
