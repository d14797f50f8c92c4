package io.aipaging.crash;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.rocksdb.RocksDbLeaseStore;
import io.aipaging.aipf.lease.rocksdb.RocksDbLimits;
import io.aipaging.aipf.lease.rocksdb.RocksDbStores;
import io.aipaging.protocol.EvidenceRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a killed AIPF has left in its files, read by nobody else. */
final class StoreFiles {
  private static final RocksDbLimits LIMITS =
      new RocksDbLimits(100_000, Duration.ofDays(7), 8 << 20);
  private static final int PAGE = 500;

  private StoreFiles() {}

  /** Reads the store in {@code folder}; whatever contradicts the ledger goes there. */
  static Timeline read(Path folder, Ledger ledger) {
    List<List<EvidenceRecord>> chains = new ArrayList<>();
    try (RocksDbLeaseStore store = RocksDbStores.open(folder, LIMITS)) {
      String token = null;
      do {
        SessionPage page = store.list(SessionQuery.ALL, PAGE, token);
        page.sessions().forEach(session -> chains.add(chain(store, session, ledger)));
        token = page.nextToken();
      } while (token != null);
    }
    return new Timeline(chains);
  }

  private static List<EvidenceRecord> chain(LeaseStore store, Session session, Ledger ledger) {
    List<String> records = store.evidence(session.id(), 1, Integer.MAX_VALUE);
    if (records.size() != session.version()) {
      ledger.fault(
          "session %s has version %d and %d records"
              .formatted(session.id(), session.version(), records.size()));
    }
    ledger
        .of(session.id().value())
        .ifPresent(told -> Judge.evidence(told, records).forEach(ledger::fault));
    ledger.count("rows and chains compared");
    return Judge.parsed(records);
  }
}
