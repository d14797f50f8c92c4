package io.aipaging.bench.lease;

import io.aipaging.openapi.paging.ListSessions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** How far an AIPF has come with ending sessions, by its own clock. */
final class Endings {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(10);
  private final LiveAipf aipf;
  private final WillingPeers peers;
  private final BenchClock clock;

  Endings(LiveAipf aipf, WillingPeers peers, BenchClock clock) {
    this.aipf = aipf;
    this.peers = peers;
    this.clock = clock;
  }

  /**
   * Waits until {@code ended} sessions are over since the start: their QoS bindings are gone, so
   * they are ENDING at least, and none is ENDING any more.
   */
  void await(long ended) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (peers.bindingsDeleted() < ended || anyEnding()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("leases that expired are not ended");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean anyEnding() {
    ListSessions one = new ListSessions("ENDING", null, null, 1, null);
    return !aipf.paging().listSessions(aipf.call(), one).sessions().isEmpty();
  }

  /** Waits; not at all when the time is past. */
  void pauseUntil(Instant time) {
    for (Duration left = Duration.between(clock.instant(), time);
        left.isPositive();
        left = Duration.between(clock.instant(), time)) {
      LockSupport.parkNanos(left.toNanos());
    }
  }
}
