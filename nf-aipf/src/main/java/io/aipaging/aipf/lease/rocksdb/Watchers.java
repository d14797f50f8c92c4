package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who waits for a session to change. Holds nothing for sessions nobody waits for. */
final class Watchers {
  private final ConcurrentMap<SessionId, Watched> watched = new ConcurrentHashMap<>();

  private record Watched(CountDownLatch change, int watchers) {}

  /** A watch that sees every change from now on. */
  Watch watch(SessionId id) {
    Watched joined =
        watched.merge(
            id,
            new Watched(new CountDownLatch(1), 1),
            (there, more) -> new Watched(there.change, there.watchers + 1));
    return new Watch(id, joined.change);
  }

  /** {@code id} has changed. */
  void changed(SessionId id) {
    Watched waiting = watched.remove(id);
    if (waiting != null) {
      waiting.change.countDown();
    }
  }

  /** One look-out; closed by whoever opened it. */
  final class Watch implements AutoCloseable {
    private final SessionId id;
    private final CountDownLatch change;

    private Watch(SessionId id, CountDownLatch change) {
      this.id = id;
      this.change = change;
    }

    /** Waits for a change; false when there was none in time. */
    boolean await(Duration atMost) throws InterruptedException {
      return change.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
      watched.computeIfPresent(
          id,
          (same, there) ->
              !there.change.equals(change)
                  ? there
                  : there.watchers == 1 ? null : new Watched(change, there.watchers - 1));
    }
  }
}
