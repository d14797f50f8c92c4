package io.aipaging.aipf.lease.rocksdb;

import static io.aipaging.aipf.lease.StoredSessions.life;
import static io.aipaging.aipf.lease.StoredSessions.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.aipf.lease.export.StoreCheck;
import io.aipaging.aipf.lease.export.StoreExport;
import io.aipaging.aipf.lease.export.StoreImport;
import io.aipaging.aipf.lease.export.Totals;
import io.aipaging.protocol.SessionId;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in the database behind the store's back, a check finds it. */
class RocksDbInspectionTest {
  private static final RocksDbLimits LIMITS = new RocksDbLimits(1_000, Duration.ofDays(1), 8 << 20);
  private static final Instant LATER = Instant.parse("2026-11-23T10:10:00Z");
  @TempDir Path folder;
  private Path path;
  private Session session;

  @BeforeEach
  void fill() {
    path = folder.resolve("store");
    try (RocksDbLeaseStore store = RocksDbStores.open(path, LIMITS)) {
      live(store, "10.45.0.1", "k-0", life().size());
      assertThat(store.compact(LATER)).isEqualTo(1);
      live(store, "10.45.0.2", "k-1", life().size());
      session = live(store, "10.45.0.3", "k-2", 2);
    }
    assertThat(findings()).isEmpty();
  }

  private List<String> findings() {
    try (StoreDump dump = RocksDbStores.dump(path, LIMITS)) {
      return StoreCheck.of(dump).shown();
    }
  }

  private void change(Consumer<Batch> change) {
    try (Database database = new Opening(path.resolve("db"), 8 << 20).writable(false)) {
      Batch batch = new Batch();
      change.accept(batch);
      database.write(List.of(batch));
    }
  }

  private static Set<Family> checked() {
    return EnumSet.complementOf(EnumSet.of(Family.META, Family.FORGOTTEN));
  }

  @Test
  void anEntryTooMuchIsFoundInEveryFamily() {
    for (Family family : checked()) {
      byte[] stray = Keys.entry("stray", new SessionId("nobody-knows"));
      change(batch -> batch.put(family, stray, Keys.session(session.id())));
      assertThat(findings()).as("%s", family).isNotEmpty();
      change(batch -> batch.delete(family, stray));
      assertThat(findings()).as("%s", family).isEmpty();
    }
  }

  @Test
  void anEntryThatIsMissingIsFoundInEveryFamily() {
    for (Family family : checked()) {
      List<byte[]> removed = new ArrayList<>();
      try (Database database = new Opening(path.resolve("db"), 8 << 20).readable()) {
        database.scan(
            family,
            Batch.NOTHING,
            null,
            (key, value) -> {
              removed.add(key);
              removed.add(value);
              return false;
            });
      }
      change(batch -> batch.delete(family, removed.getFirst()));
      assertThat(findings()).as("%s", family).isNotEmpty();
      change(batch -> batch.put(family, removed.getFirst(), removed.getLast()));
      assertThat(findings()).as("%s", family).isEmpty();
    }
  }

  @Test
  void anIndexThatNamesAnotherSessionIsFound() {
    byte[] flow = Keys.flow(session.facts().flow());
    change(batch -> batch.put(Family.FLOWS, flow, Keys.session(new SessionId("nobody-knows"))));
    assertThat(findings()).singleElement().asString().contains("missing in index flows");
  }

  @Test
  void aWrongCountIsFound() {
    change(batch -> batch.put(Family.META, Keys.SESSION_COUNT, Keys.number(7)));
    assertThat(findings()).containsExactly("the store counts 7 sessions and has 2");
  }

  @Test
  void aHeadThatContradictsItsRowIsFound() {
    byte[] row;
    try (Database database = new Opening(path.resolve("db"), 8 << 20).readable()) {
      row = database.get(Family.SESSIONS, Keys.session(session.id()));
    }
    row[50] ^= 1;
    change(batch -> batch.put(Family.SESSIONS, Keys.session(session.id()), row));
    assertThat(findings()).anyMatch(finding -> finding.contains("head of its row contradicts"));
    row[20] ^= 1;
    change(batch -> batch.put(Family.SESSIONS, Keys.session(session.id()), row));
    assertThat(findings()).anyMatch(finding -> finding.contains("newest evidence"));
  }

  @Test
  void changedEvidenceIsFound() {
    change(batch -> batch.put(Family.EVIDENCE, Keys.evidence(session.id(), 2), "{}".getBytes()));
    assertThat(findings()).anyMatch(finding -> finding.contains("evidence record 2"));
  }

  /** The newest half of the log is gone: acknowledged, and nobody could know. */
  @Test
  void aLostTailOfTheLogIsFound() throws Exception {
    Path log;
    try (var files = Files.list(path.resolve("db"))) {
      log =
          files.filter(file -> file.toString().endsWith(".log")).max(Path::compareTo).orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 10));
    assertThat(findings()).anyMatch(finding -> finding.contains("acknowledged writes are lost"));
  }

  @Test
  void whatIsNotDamagedCanBeExportedAndImported() throws Exception {
    change(batch -> batch.put(Family.EVIDENCE, Keys.evidence(session.id(), 2), "{}".getBytes()));
    Path file = folder.resolve("export.jsonl");
    List<String> left = new ArrayList<>();
    try (StoreDump dump = RocksDbStores.dump(path, LIMITS);
        OutputStream out = Files.newOutputStream(file)) {
      StoreExport.run(dump, out, LATER, left::add);
    }
    assertThat(left).singleElement().asString().contains(session.id().value());
    Path other = folder.resolve("other");
    Totals imported = StoreImport.run(file, () -> RocksDbStores.fill(other, LIMITS));
    assertThat(imported.sessions()).isEqualTo(1);
    assertThat(imported.forgotten()).isEqualTo(1);
    path = other;
    assertThat(findings()).isEmpty();
  }

  @Test
  void aFolderWithoutAStoreIsNoStore() {
    assertThatThrownBy(() -> RocksDbStores.dump(folder.resolve("nothing"), LIMITS))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("there is no store");
  }
}
