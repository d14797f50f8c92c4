package io.aipaging.aipf.upkeep;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often in a row nothing came of looking after a session. Thread-safe. */
final class Failures {
  static final Duration BACKOFF = Duration.ofMillis(200);
  static final Duration BACKOFF_MAX = Duration.ofSeconds(30);
  static final Duration RENEWAL_BACKOFF_MAX = Duration.ofSeconds(1);
  private static final int DOUBLINGS_MAX = 16;
  private final Map<SessionId, Integer> inARow = new ConcurrentHashMap<>();

  /** One more. */
  void add(SessionId id) {
    inARow.merge(id, 1, Integer::sum);
  }

  /** Something came of it, or nobody looks after it any more. */
  void forget(SessionId id) {
    inARow.remove(id);
  }

  /**
   * How long to wait before {@code kind} is tried again: a renewal that cannot be tried now has
   * little time; what cannot be removed has all of it.
   */
  Duration backoff(SessionId id, Task.Kind kind) {
    int failed = inARow.getOrDefault(id, 0);
    Duration longest = kind == Task.Kind.RENEW_LEASE ? RENEWAL_BACKOFF_MAX : BACKOFF_MAX;
    Duration wait =
        failed == 0 ? Duration.ZERO : BACKOFF.multipliedBy(1L << Math.min(failed, DOUBLINGS_MAX));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }
}
