package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseStoreContract;
import io.aipaging.aipf.lease.LeaseStoreListContract;
import io.aipaging.aipf.lease.LeaseStoreRaceContract;
import io.aipaging.postgres.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class PostgresLeaseStoreIT extends LeaseStoreContract {
  private static PostgresServer server;
  private final Storages storages = new Storages();

  @BeforeAll
  static void startServer() {
    PostgresNeeded.orSkip();
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void closeStores() {
    storages.close();
  }

  @Override
  protected LeaseStore newStore(int sessionsMax) {
    return storages
        .open(
            server.uri(server.newDatabase()),
            "runner-1",
            new PostgresStorage.Bounds(Duration.ofSeconds(10), sessionsMax, Duration.ofDays(1)))
        .sessions();
  }

  @Nested
  class Lists extends LeaseStoreListContract {
    @Override
    protected LeaseStore newStore(int sessionsMax) {
      return PostgresLeaseStoreIT.this.newStore(sessionsMax);
    }
  }

  @Nested
  class Races extends LeaseStoreRaceContract {
    @Override
    protected LeaseStore newStore(int sessionsMax) {
      return PostgresLeaseStoreIT.this.newStore(sessionsMax);
    }
  }
}
