package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.Grant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A grant in force and everything that lives by it. Thread-safe. */
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

  long deadlineNanos() {
    return deadlineNanos;
  }

  void deadlineNanos(long deadline) {
    deadlineNanos = deadline;
  }

  /** Asked before every byte is passed on, so that a late timer carries nothing. */
  boolean isLive() {
    return !ended && deadlineNanos - System.nanoTime() > 0;
  }

  /** Has {@code cut} run when the grant ends; at once if it has ended. */
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
