package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.evidence.EvidenceDraft;
import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.EvidenceRecord;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One transition on its way into the database.
 *
 * @param row the session after it
 * @param draft its evidence
 * @param parts the evidence's canonical form
 * @param mark tells a repeated attempt what the first one did; nobody else has it
 * @param result what became of it
 */
record Append(
    SessionRow row,
    EvidenceDraft draft,
    Parts parts,
    long mark,
    CompletableFuture<AppendResult> result) {
  private static final String LINK = "\"prev_sha256\":\"";

  /** A record of evidence without the hash of the one before it, which only the database knows. */
  record Parts(String before, String after) {
    static Parts of(EvidenceDraft draft, long version) {
      EvidenceHead unknown = new EvidenceHead(version - 1, EvidenceRecord.GENESIS);
      String canonical = draft.after(unknown).canonical();
      int hash = canonical.indexOf(LINK) + LINK.length();
      return new Parts(
          canonical.substring(0, hash),
          canonical.substring(hash + EvidenceRecord.GENESIS.length()));
    }
  }

  static Append of(Transition transition) {
    SessionRow row = SessionRow.of(transition.after());
    return new Append(
        row,
        transition.evidence(),
        Parts.of(transition.evidence(), row.version()),
        ThreadLocalRandom.current().nextLong(),
        new CompletableFuture<>());
  }

  /** Whether nobody waits for it any more. */
  boolean abandoned() {
    return result.isDone();
  }

  /** It is durable, chained to the record with this hash. */
  void appended(String previous) {
    EvidenceHead head = new EvidenceHead(row.version() - 1, previous);
    result.complete(new AppendResult.Appended(draft.after(head)));
  }
}
