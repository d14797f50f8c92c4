package io.aipaging.cli;

import io.aipaging.protocol.EvidenceRecord;

/** An evidence record in one line for people. */
public final class EvidenceLine {
  private EvidenceLine() {}

  /** The line; throws {@link IllegalArgumentException} when it is not a record. */
  public static String of(String canonical) {
    EvidenceRecord evidence = EvidenceRecord.parse(canonical);
    StringBuilder line = new StringBuilder();
    line.append(String.format("%3d  %s  %-24s", evidence.seq(), evidence.time(), evidence.type()));
    line.append(evidence.from() == null ? "" : evidence.from() + " -> ").append(evidence.to());
    if (evidence.anchor() != null) {
      line.append("  anchor ").append(evidence.anchor());
    }
    if (evidence.gen() != null) {
      line.append("  gen ").append(evidence.gen());
    }
    if (evidence.reason() != null) {
      line.append("  ").append(evidence.reason());
    }
    return line.toString();
  }
}
