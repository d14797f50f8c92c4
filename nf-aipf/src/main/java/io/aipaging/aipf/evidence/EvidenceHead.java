package io.aipaging.aipf.evidence;

import io.aipaging.protocol.EvidenceRecord;

/**
 * Where the evidence of a session ends.
 *
 * @param seq number of the last record, 0 before the first
 * @param sha256 SHA-256 of its canonical form, 64 zeros before the first
 */
public record EvidenceHead(long seq, String sha256) {
  /** Before the first record. */
  public static final EvidenceHead START = new EvidenceHead(0, EvidenceRecord.GENESIS);
}
