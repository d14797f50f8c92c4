package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.export.StoreCopyContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class RocksDbCopyTest extends StoreCopyContract {
  @TempDir Path folder;

  private static RocksDbLimits limits(int sessionsMax) {
    return new RocksDbLimits(sessionsMax, Duration.ofDays(1), 8 << 20);
  }

  @Override
  protected LeaseStore open(String name, int sessionsMax) {
    return RocksDbStores.open(folder.resolve(name), limits(sessionsMax));
  }

  @Override
  protected void close(LeaseStore store) {
    ((RocksDbLeaseStore) store).close();
  }

  @Override
  protected StoreDump dump(String name) {
    return RocksDbStores.dump(folder.resolve(name), limits(1));
  }

  @Override
  protected StoreFill fill(String name) {
    return RocksDbStores.fill(folder.resolve(name), limits(1));
  }
}
