package io.aipaging.aexf.admission;

import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.enforcer.EnforcerClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The live leases as the guard sees them: read without a lock, over at their very deadline. */
final class LiveBoard implements LiveLeases {
  private final EnforcerClock clock;
  private final Map<SessionId, LiveLease> live = new ConcurrentHashMap<>();
  private final List<LeaseWatcher> watchers = new CopyOnWriteArrayList<>();

  LiveBoard(EnforcerClock clock) {
    this.clock = clock;
  }

  void watch(LeaseWatcher watcher) {
    watchers.add(watcher);
  }

  @Override
  public @Nullable LiveLease find(SessionId session) {
    LiveLease lease = live.get(session);
    return lease == null || lease.isOverAt(clock.nanos()) ? null : lease;
  }

  int size() {
    return live.size();
  }

  @Override
  public Duration remaining(LiveLease lease) {
    return Duration.ofNanos(Math.max(0, lease.deadlineNanos() - clock.nanos()));
  }

  /** Puts up the best lease of a session, or takes its last one down. */
  void publish(SessionId session, @Nullable LiveLease best) {
    if (best == null) {
      live.remove(session);
    } else {
      live.put(session, best);
    }
    watchers.forEach(watcher -> watcher.changed(session));
  }

  /** Takes down what has run out. */
  void takeDownOverdue() {
    long now = clock.nanos();
    live.forEach(
        (session, lease) -> {
          if (lease.isOverAt(now) && live.remove(session, lease)) {
            watchers.forEach(watcher -> watcher.changed(session));
          }
        });
  }
}
