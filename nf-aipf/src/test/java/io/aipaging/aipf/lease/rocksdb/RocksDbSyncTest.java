package io.aipaging.aipf.lease.rocksdb;

import static io.aipaging.aipf.lease.StoredSessions.begin;
import static io.aipaging.aipf.lease.StoredSessions.life;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoredSessions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** No kill of a process shows whether a write was synced, because the kernel keeps it. */
class RocksDbSyncTest {
  private static final long CACHE_BYTES = 8 << 20;
  @TempDir Path folder;

  @Test
  void everyAppendIsSyncedBeforeItIsAcknowledged() throws Exception {
    NativeLibrary.load();
    try (Statistics counts = new Statistics()) {
      Path marks = folder.resolve("acknowledged");
      Acknowledged.create(marks);
      Database database =
          new Opening(folder.resolve("db"), CACHE_BYTES, all -> all.setStatistics(counts))
              .writable(true);
      RocksDbLimits limits = new RocksDbLimits(10, Duration.ofDays(1), CACHE_BYTES);
      try (RocksDbLeaseStore store =
          new RocksDbLeaseStore(database, Acknowledged.open(marks), limits)) {
        Session session = begin(store, "10.45.0.2", "nef-1", null);
        for (var move : life()) {
          long before = counts.getTickerCount(TickerType.WAL_FILE_SYNCED);
          session = StoredSessions.append(store, session, move.apply(session));
          assertThat(counts.getTickerCount(TickerType.WAL_FILE_SYNCED)).isGreaterThan(before);
        }
      }
    }
  }
}
