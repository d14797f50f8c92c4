package io.aipaging.aipf.lease.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.aipf.lease.export.StoreCopyContract;
import io.aipaging.postgres.PostgresServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresCopyIT extends StoreCopyContract {
  private static PostgresServer server;
  private final Storages storages = new Storages();
  private final Map<String, String> databases = new HashMap<>();
  private final Map<LeaseStore, PostgresStorage> opened = new IdentityHashMap<>();

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

  private String uri(String name) {
    return server.uri(databases.computeIfAbsent(name, first -> server.newDatabase()));
  }

  @Override
  protected LeaseStore open(String name, int sessionsMax) {
    PostgresStorage storage =
        storages.open(
            uri(name),
            "runner-1",
            new PostgresStorage.Bounds(Duration.ofSeconds(10), sessionsMax, Duration.ofDays(1)));
    opened.put(storage.sessions(), storage);
    return storage.sessions();
  }

  @Override
  protected void close(LeaseStore store) {
    opened.remove(store).close();
  }

  @Override
  protected StoreDump dump(String name) {
    return storages.dump(uri(name));
  }

  @Override
  protected StoreFill fill(String name) {
    return storages.fill(uri(name));
  }

  @Test
  void aStoreAtWorkIsNotAtRest() {
    LeaseStore store = open("one", 10);
    assertThatThrownBy(() -> dump("one"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("stop all of them");
    close(store);
    dump("one").close();
  }

  @Test
  void anImportThatWasNotFinishedIsNothingToExportOrToImportInto() {
    fill("two").close();
    List<ThrowingCallable> uses = List.of(() -> dump("two"), () -> fill("two"));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(StoreUnusable.class)
          .hasMessageContaining("not finished");
    }
  }

  @Test
  void aDatabaseWithoutAStoreIsNoStore() {
    assertThatThrownBy(() -> dump("nothing"))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("there is no store");
  }

  @Test
  void aDatabaseOfAnotherSetOrFormIsRefused() {
    close(open("one", 10));
    server.sql(databases.get("one"), "UPDATE aipf_set SET id = 'aipf-set-2'");
    assertThatThrownBy(() -> dump("one")).hasMessageContaining("another AIPF Set");
    server.sql(databases.get("one"), "INSERT INTO schema_version VALUES (7)");
    assertThatThrownBy(() -> dump("one")).hasMessageContaining("schema 7");
    server.sql(databases.get("one"), "DELETE FROM schema_version");
    assertThatThrownBy(() -> dump("one")).hasMessageContaining("older than this program's");
  }
}
