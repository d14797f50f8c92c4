package io.aipaging.aipf.lease.postgres;

import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.export.StoreCheck;
import io.aipaging.aipf.lease.export.StoreExport;
import io.aipaging.aipf.lease.export.StoreImport;
import io.aipaging.aipf.lease.export.Totals;
import io.aipaging.postgres.PostgresServer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is changed in the database behind the store's back, a check finds it. */
class PostgresInspectionIT {
  private static final Instant LATER = Instant.parse("2026-11-23T10:10:00Z");
  private static final String TABLES = "session, evidence, evidence_closed";
  private static PostgresServer server;
  private static Storages storages;
  private static String filled;
  private static Session session;
  @TempDir Path folder;

  @BeforeAll
  static void fill() {
    PostgresNeeded.orSkip();
    server = PostgresServer.start();
    storages = new Storages();
    filled = server.newDatabase();
    PostgresStorage storage = storages.open(server.uri(filled), "run-1");
    LeaseStore store = storage.sessions();
    live(store, "10.45.0.1", "k-0", life().size());
    assertThat(store.compact(LATER)).isEqualTo(1);
    live(store, "10.45.0.2", "k-1", life().size());
    session = live(store, "10.45.0.3", "k-2", 2);
    storage.close();
    assertThat(findings(filled)).isEmpty();
    each("CREATE TABLE kept_%1$s AS TABLE %1$s");
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      storages.close();
      server.close();
    }
  }

  @AfterEach
  void restore() {
    server.sql(filled, "TRUNCATE " + TABLES);
    each("INSERT INTO %1$s SELECT * FROM kept_%1$s");
  }

  private static void each(String statement) {
    for (String table : TABLES.split(", ", -1)) {
      server.sql(filled, statement.formatted(table));
    }
  }

  private static List<String> findings(String database) {
    try (StoreDump dump = storages.dump(server.uri(database))) {
      return StoreCheck.of(dump).shown();
    }
  }

  private void change(String where) {
    server.sql(filled, where.replace(":id", "'" + session.id().value() + "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shard = 1 - shard % 2",
        "version = version + 1",
        "state = 'RELOCATING'",
        "ue = '10.45.0.4'",
        "service = '203.0.113.77 TCP 1'",
        "anchor_1 = 'anchor-z'",
        "anchor_2 = 'anchor-z'",
        "af = 'af-z'",
        "aisi = 'urn:aisi:z'",
        "consumer = 'nef-z'",
        "key = 'k-z'",
        "expires_ms = expires_ms + 1",
        "ended_ms = 1",
        "head = sha256('x')",
        "head_before = sha256('x')"
      })
  void aColumnThatContradictsItsRowIsFound(String column) {
    change("UPDATE session SET " + column + " WHERE id = :id");
    assertThat(findings(filled))
        .as(column)
        .isNotEmpty()
        .allMatch(each -> each.contains("session "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE session SET body = 'x' WHERE id = :id",
        "DELETE FROM session WHERE id = :id",
        "DELETE FROM evidence WHERE session = :id AND seq = 1",
        "DELETE FROM evidence WHERE session = :id AND seq = 3",
        "DELETE FROM evidence WHERE session = :id",
        "UPDATE evidence SET record = '{}' WHERE session = :id AND seq = 2",
        "UPDATE evidence SET seq = seq + 10 WHERE session = :id",
        "INSERT INTO evidence_closed VALUES (:id, 1)",
        "DELETE FROM evidence_closed"
      })
  void whatIsLostOrChangedIsFound(String change) {
    change(change);
    assertThat(findings(filled)).as(change).isNotEmpty();
  }

  @Test
  void whatIsNotDamagedCanBeExportedAndImported() throws Exception {
    change("UPDATE evidence SET record = '{}' WHERE session = :id AND seq = 2");
    Path file = folder.resolve("export.jsonl");
    List<String> left = new ArrayList<>();
    try (StoreDump dump = storages.dump(server.uri(filled));
        OutputStream out = Files.newOutputStream(file)) {
      StoreExport.run(dump, out, LATER, left::add);
    }
    assertThat(left).singleElement().asString().contains(session.id().value());
    String other = server.newDatabase();
    Totals imported = StoreImport.run(file, () -> storages.fill(server.uri(other)));
    assertThat(imported.sessions()).isEqualTo(1);
    assertThat(imported.forgotten()).isEqualTo(1);
    assertThat(findings(other)).isEmpty();
  }
}
