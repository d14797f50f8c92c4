package io.aipaging.protocol;

import java.util.List;

/** Verifies the evidence of one session: every record is bound to the one before by its hash. */
public final class EvidenceChain {
  private EvidenceChain() {}

  /** What a verifier found. */
  public sealed interface Verdict {
    /**
     * Nothing is missing, changed or out of order.
     *
     * @param records how many
     * @param headSha256 hash of the last record: whoever kept it notices a truncation
     */
    record Verified(int records, String headSha256) implements Verdict {}

    /**
     * The chain is broken.
     *
     * @param seq first record at fault, counted from 1
     * @param fault what is wrong with it
     */
    record Broken(long seq, String fault) implements Verdict {}
  }

  /**
   * Verifies a chain from its first record.
   *
   * @param canonicalRecords canonical forms in order, byte for byte as they were published
   */
  public static Verdict verify(List<String> canonicalRecords) {
    String previous = EvidenceRecord.GENESIS;
    SessionId session = null;
    long seq = 0;
    for (String canonical : canonicalRecords) {
      seq++;
      EvidenceRecord evidence;
      try {
        evidence = EvidenceRecord.parse(canonical);
      } catch (IllegalArgumentException e) {
        return new Verdict.Broken(seq, "not an evidence record: " + e.getMessage());
      }
      if (evidence.seq() != seq) {
        return new Verdict.Broken(seq, "a record is missing or out of order");
      }
      if (!evidence.prevSha256().equals(previous)) {
        return new Verdict.Broken(seq, "the record before it was changed");
      }
      if (session != null && !session.equals(evidence.session())) {
        return new Verdict.Broken(seq, "record of another session");
      }
      session = evidence.session();
      previous = Crypto.sha256Hex(canonical);
    }
    return new Verdict.Verified((int) seq, previous);
  }
}
