package io.aipaging.aipf;

import io.aipaging.sbi.config.Check;
import io.aipaging.sbi.config.Default;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where an AIPF keeps sessions, leases and evidence.
 *
 * @param kind what keeps them; null is RocksDB where there is a path, PostgreSQL where there is a
 *     URI, else memory
 * @param path RocksDB's folder, made at the first start
 * @param cacheMegabytes RocksDB's cache of blocks, indices and filters
 * @param uriFile file with PostgreSQL's URI, password included
 * @param timeout longest time for one call of PostgreSQL
 */
public record StoreConfig(
    @Nullable Kind kind,
    @Nullable Path path,
    @Default("32") int cacheMegabytes,
    @Nullable Path uriFile,
    @Default("2s") Duration timeout) {
  public StoreConfig {
    kind = kind != null ? kind : implied(path, uriFile);
    if ((kind == Kind.ROCKSDB) != (path != null)) {
      throw new IllegalArgumentException("path belongs to rocksdb, and rocksdb needs it");
    }
    if ((kind == Kind.POSTGRESQL) != (uriFile != null)) {
      throw new IllegalArgumentException("uri-file belongs to postgresql, and postgresql needs it");
    }
    Check.range("cache-megabytes", cacheMegabytes, 4, 65_536);
    Check.range("timeout", timeout, Duration.ofMillis(100), Duration.ofSeconds(30));
  }

  private static Kind implied(@Nullable Path path, @Nullable Path uriFile) {
    if (path != null) {
      return Kind.ROCKSDB;
    }
    return uriFile == null ? Kind.MEMORY : Kind.POSTGRESQL;
  }

  /** Nothing survives the process. */
  public static StoreConfig memory() {
    return new StoreConfig(Kind.MEMORY, null, 32, null, Duration.ofSeconds(2));
  }

  /** Files in {@code path}. */
  public static StoreConfig rocksDb(Path path) {
    return new StoreConfig(Kind.ROCKSDB, path, 32, null, Duration.ofSeconds(2));
  }

  /** The database that {@code uriFile} names, shared with other replicas of the Set. */
  public static StoreConfig postgreSql(Path uriFile) {
    return new StoreConfig(Kind.POSTGRESQL, null, 32, uriFile, Duration.ofSeconds(2));
  }

  /** What keeps sessions. */
  public enum Kind {
    /** This process, as long as it lives. */
    MEMORY,
    /** Files of this machine. */
    ROCKSDB,
    /** A database that replicas share. */
    POSTGRESQL
  }
}
