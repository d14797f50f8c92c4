package io.aipaging.aipf.sbi;

import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.protocol.SessionId;
import java.util.List;

/** ListEvidence: also of sessions whose row is gone. */
final class ListEvidenceOperation {
  private static final int RECORDS_MAX = 500;
  private final LeaseStore store;

  ListEvidenceOperation(LeaseStore store) {
    this.store = store;
  }

  EvidenceList handle(ListEvidence request) {
    SessionId id = Members.sessionId(request.sessionId());
    long from = request.fromSeq() == null ? 1 : request.fromSeq();
    if (from < 1) {
      throw Refusals.queryParameter("fromSeq", "must be 1 or more");
    }
    List<String> records = store.evidence(id, from, RECORDS_MAX + 1);
    if (records.isEmpty() && store.evidence(id, 1, 1).isEmpty()) {
      throw Refusals.sessionNotFound();
    }
    return records.size() > RECORDS_MAX
        ? new EvidenceList(records.subList(0, RECORDS_MAX), from + RECORDS_MAX)
        : new EvidenceList(records, null);
  }
}
