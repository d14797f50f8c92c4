package io.aipaging.aipf.lease.memory;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The evidence of all sessions. Not thread-safe. */
final class EvidenceLog {
  private final Map<SessionId, Chain> chains = new HashMap<>();
  private final Deque<Closed> closed = new ArrayDeque<>();
  private final Duration retention;

  EvidenceLog(Duration retention) {
    this.retention = retention;
  }

  private static final class Chain {
    private final List<String> records = new ArrayList<>();
    private EvidenceHead head = EvidenceHead.START;
  }

  private record Closed(SessionId id, Instant at) {}

  EvidenceHead head(SessionId id) {
    Chain chain = chains.get(id);
    return chain == null ? EvidenceHead.START : chain.head;
  }

  void add(SessionId id, String canonical) {
    Chain chain = chains.computeIfAbsent(id, session -> new Chain());
    chain.records.add(canonical);
    chain.head = new EvidenceHead(chain.head.seq() + 1, Crypto.sha256Hex(canonical));
  }

  List<String> read(SessionId id, long fromSeq, int limit) {
    Chain chain = chains.get(id);
    if (chain == null || fromSeq > chain.records.size()) {
      return List.of();
    }
    int from = (int) fromSeq - 1;
    int to = (int) Math.min(chain.records.size(), (long) from + limit);
    return List.copyOf(chain.records.subList(from, to));
  }

  /** The session's row is gone: its evidence goes after the retention period. */
  void closed(SessionId id, Instant at) {
    closed.add(new Closed(id, at));
  }

  void compact(Instant now) {
    while (!closed.isEmpty() && !closed.getFirst().at().plus(retention).isAfter(now)) {
      chains.remove(closed.removeFirst().id());
    }
  }
}
