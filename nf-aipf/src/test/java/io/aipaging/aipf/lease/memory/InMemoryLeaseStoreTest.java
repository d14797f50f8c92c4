package io.aipaging.aipf.lease.memory;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseStoreContract;
import java.time.Duration;

class InMemoryLeaseStoreTest extends LeaseStoreContract {
  @Override
  protected LeaseStore newStore(int sessionsMax) {
    return new InMemoryLeaseStore(sessionsMax, Duration.ofDays(1));
  }
}
