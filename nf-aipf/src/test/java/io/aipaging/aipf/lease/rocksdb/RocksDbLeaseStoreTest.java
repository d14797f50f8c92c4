package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseStoreContract;
import io.aipaging.aipf.lease.LeaseStoreListContract;
import io.aipaging.aipf.lease.LeaseStoreRaceContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class RocksDbLeaseStoreTest extends LeaseStoreContract {
  @TempDir Path folder;
  private final List<RocksDbLeaseStore> open = new ArrayList<>();

  @Override
  protected LeaseStore newStore(int sessionsMax) {
    RocksDbLeaseStore store =
        RocksDbStores.open(
            folder.resolve("store-" + open.size()),
            new RocksDbLimits(sessionsMax, Duration.ofDays(1), 8 << 20));
    open.add(store);
    return store;
  }

  @AfterEach
  void closeAll() {
    open.forEach(RocksDbLeaseStore::close);
  }

  @Nested
  class Lists extends LeaseStoreListContract {
    @Override
    protected LeaseStore newStore(int sessionsMax) {
      return RocksDbLeaseStoreTest.this.newStore(sessionsMax);
    }
  }

  @Nested
  class Races extends LeaseStoreRaceContract {
    @Override
    protected LeaseStore newStore(int sessionsMax) {
      return RocksDbLeaseStoreTest.this.newStore(sessionsMax);
    }
  }
}
