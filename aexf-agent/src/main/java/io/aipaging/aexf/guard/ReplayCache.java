package io.aipaging.aexf.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Proofs seen within their window, per key, so that each is good for one request (RFC 9449 §11.1).
 * Bounded per key and in all: where a bound is reached nothing is believed rather than anything
 * forgotten, and one client's flood uses up only its own share. Thread-safe.
 */
final class ReplayCache {
  private final int perKeyMax;
  private final int keysMax;
  private final Duration keep;
  private final Map<String, Map<String, Instant>> seen = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** What a proof is. */
  enum Verdict {
    FRESH,
    REPLAYED,
    FULL
  }

  /**
   * An empty cache.
   *
   * @param keep how long a proof can be presented at all
   */
  ReplayCache(int keysMax, int perKeyMax, Duration keep) {
    this.keysMax = keysMax;
    this.perKeyMax = perKeyMax;
    this.keep = keep;
  }

  /** Notes a proof of the key with thumbprint {@code jkt}. */
  Verdict note(String jkt, String jti, Instant now) {
    lock.lock();
    try {
      if (!seen.containsKey(jkt) && seen.size() >= keysMax) {
        seen.values().forEach(proofs -> forget(proofs, now));
        seen.values().removeIf(Map::isEmpty);
        if (seen.size() >= keysMax) {
          return Verdict.FULL;
        }
      }
      Map<String, Instant> proofs = seen.computeIfAbsent(jkt, key -> new LinkedHashMap<>());
      forget(proofs, now);
      if (proofs.containsKey(jti)) {
        return Verdict.REPLAYED;
      }
      if (proofs.size() >= perKeyMax) {
        return Verdict.FULL;
      }
      proofs.put(jti, now.plus(keep));
      return Verdict.FRESH;
    } finally {
      lock.unlock();
    }
  }

  /** Oldest first, so it stops at the first that still counts. */
  private static void forget(Map<String, Instant> proofs, Instant now) {
    var entries = proofs.values().iterator();
    while (entries.hasNext() && entries.next().isBefore(now)) {
      entries.remove();
    }
  }
}
