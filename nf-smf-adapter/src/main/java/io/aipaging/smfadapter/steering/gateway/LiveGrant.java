package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.Grant;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A grant in force and everything that lives by it. Its deadline is asked before anything is passed
 * on; the timer that ends it only cuts what would otherwise stay silent. Thread-safe.
 */
final class LiveGrant {
  private final Flow flow;
  private final Grant grant;
  private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
  private volatile long deadlineNanos;
  private volatile boolean ended;

  LiveGrant(Flow flow, Grant grant, long deadlineNanos) {
    this.flow = flow;
    this.grant = grant;
    this.deadlineNanos = deadlineNanos;
  }

  Flow flow() {
    return flow;
  }

  Grant grant() {
    return grant;
  }

  /** On the scale of {@link System#nanoTime}. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  /** A refresh: later or earlier than before. */
  void deadlineNanos(long deadline) {
    deadlineNanos = deadline;
  }

  boolean isLive() {
    return isLiveAt(System.nanoTime());
  }

  boolean isLiveAt(long nowNanos) {
    return !ended && deadlineNanos - nowNanos > 0;
  }

  /** Asked right before every write. */
  void requireLive() throws IOException {
    if (!isLive()) {
      throw new IOException("the grant is not in force");
    }
  }

  /** Has {@code cut} run once when the grant ends; at once if it has ended. */
  void whenEnded(Runnable cut) {
    cuts.add(cut);
    if (ended && cuts.remove(cut)) {
      cut.run();
    }
  }

  void forget(Runnable cut) {
    cuts.remove(cut);
  }

  /** Ends the grant and what lives by it. */
  void end() {
    ended = true;
    for (Runnable cut : List.copyOf(cuts)) {
      if (cuts.remove(cut)) {
        cut.run();
      }
    }
  }
}
