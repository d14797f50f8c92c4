package io.aipaging.aipf.lease.memory;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseStoreContract;
import io.aipaging.aipf.lease.LeaseStoreListContract;
import io.aipaging.aipf.lease.LeaseStoreRaceContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

class InMemoryLeaseStoreTest extends LeaseStoreContract {
  @Override
  protected LeaseStore newStore(int sessionsMax) {
    return new InMemoryLeaseStore(sessionsMax, Duration.ofDays(1));
  }

  @Nested
  class Lists extends LeaseStoreListContract {
    @Override
    protected LeaseStore newStore(int sessionsMax) {
      return InMemoryLeaseStoreTest.this.newStore(sessionsMax);
    }
  }

  @Nested
  class Races extends LeaseStoreRaceContract {
    @Override
    protected LeaseStore newStore(int sessionsMax) {
      return InMemoryLeaseStoreTest.this.newStore(sessionsMax);
    }
  }
}
