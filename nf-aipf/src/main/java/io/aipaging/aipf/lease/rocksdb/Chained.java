package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.EvidenceRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record, its canonical form, and where the session's evidence ends with it. */
record Chained(EvidenceRecord evidence, String canonical, EvidenceHead head) {
  private static Chained of(EvidenceRecord evidence) {
    String canonical = evidence.canonical();
    return new Chained(
        evidence, canonical, new EvidenceHead(evidence.seq(), Crypto.sha256Hex(canonical)));
  }

  /** Each record follows the one before it, the first what the row {@code before} knows. */
  static List<Chained> of(List<Transition> transitions, @Nullable Row before) {
    List<Chained> records = new ArrayList<>(transitions.size());
    EvidenceHead head = before == null ? EvidenceHead.START : before.evidence();
    for (Transition transition : transitions) {
      Chained next = of(transition.evidence().after(head));
      records.add(next);
      head = next.head();
    }
    return records;
  }
}
