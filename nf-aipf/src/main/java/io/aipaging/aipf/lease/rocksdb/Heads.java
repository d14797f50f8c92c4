package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.protocol.SessionId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Heads of the rows of pages under way: a page's writes follow one another at once, and reading
 * back what was just written cost a tenth of it. Only who has the session's claim reads or changes
 * its head, so it is that of the durable row. Thread-safe.
 */
final class Heads {
  private static final String PAGING = "PREPARING";
  private static final int PAGES_MAX = 4_096;
  private final Map<SessionId, Row> heads = new ConcurrentHashMap<>();

  /** The head of the session's durable row, or null when it has to be read. */
  @Nullable Row of(SessionId id) {
    return heads.get(id);
  }

  /** {@code durable} is the session's durable row now; null when nobody knows what is. */
  void settle(SessionId id, @Nullable Row durable) {
    if (durable != null && durable.state().equals(PAGING) && heads.size() < PAGES_MAX) {
      heads.put(id, durable);
    } else {
      var _ = heads.remove(id);
    }
  }

  /** How many there are. */
  int size() {
    return heads.size();
  }
}
