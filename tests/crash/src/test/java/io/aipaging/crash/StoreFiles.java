package io.aipaging.crash;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.Storage;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.export.StoreCheck;
import io.aipaging.protocol.EvidenceRecord;
import java.util.ArrayList;
import java.util.List;

/** What killed AIPFs have left in their store, read by nobody else. */
final class StoreFiles {
  private StoreFiles() {}

  /** Reads the store that {@code config} names; whatever contradicts the ledger goes there. */
  static Timeline read(AipfConfig config, Ledger ledger) {
    List<List<EvidenceRecord>> chains = new ArrayList<>();
    try (StoreDump dump = Storage.dump(config)) {
      StoreCheck.of(dump).shown().forEach(ledger::fault);
      dump.parts(part -> chains.add(chain(part, ledger)), ledger::fault);
    }
    return new Timeline(chains);
  }

  private static List<EvidenceRecord> chain(StoreDump.Part part, Ledger ledger) {
    List<String> records = part.evidence();
    Session session = part.session();
    if (session != null && records.size() != session.version()) {
      ledger.fault(
          "session %s has version %d and %d records"
              .formatted(session.id(), session.version(), records.size()));
    }
    ledger
        .of(part.id().value())
        .ifPresent(told -> Judge.evidence(told, records).forEach(ledger::fault));
    ledger.count("rows and chains compared");
    return Judge.parsed(records);
  }
}
