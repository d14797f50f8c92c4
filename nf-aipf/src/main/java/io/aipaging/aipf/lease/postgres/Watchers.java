package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.protocol.SessionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Who waits for a session to change. A change made here wakes at once; changes made by other
 * replicas are seen by asking for all waited-for versions together, a few times a second.
 */
final class Watchers implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String VERSIONS = "SELECT id, version FROM session WHERE id = ANY ($1)";
  private final Map<String, Set<Watcher>> watchers = new ConcurrentHashMap<>();
  private final Function<SessionId, Optional<Session>> find;
  private final Line line;
  private final Thread looking;

  Watchers(Function<SessionId, Optional<Session>> find, Line line) {
    this.find = find;
    this.line = line;
    this.looking = Thread.ofVirtual().name("aipf-watchers").start(this::look);
  }

  private record Watcher(long version, Semaphore bell) {}

  /** As {@link io.aipaging.aipf.lease.LeaseStore#awaitChange}. */
  Optional<Session> await(SessionId id, long version, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    Watcher watcher = new Watcher(version, new Semaphore(0));
    watchers.computeIfAbsent(id.value(), first -> ConcurrentHashMap.newKeySet()).add(watcher);
    LockSupport.unpark(looking);
    try {
      while (true) {
        Optional<Session> now = find.apply(id);
        long left = end - System.nanoTime();
        if (now.isEmpty() || now.get().version() != version || left <= 0) {
          return now;
        }
        if (watcher.bell().tryAcquire(left, TimeUnit.NANOSECONDS)) {
          watcher.bell().drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return find.apply(id);
    } finally {
      leave(id.value(), watcher);
    }
  }

  private void leave(String id, Watcher watcher) {
    var _ =
        watchers.computeIfPresent(
            id,
            (same, all) -> {
              all.remove(watcher);
              return all.isEmpty() ? null : all;
            });
  }

  /** A session was changed. */
  void changed(String id) {
    watchers.getOrDefault(id, Set.of()).forEach(watcher -> watcher.bell().release());
  }

  private void look() {
    while (!Thread.currentThread().isInterrupted()) {
      if (watchers.isEmpty()) {
        LockSupport.park();
      } else {
        LockSupport.parkNanos(LOOK.toNanos());
        lookOnce();
      }
    }
  }

  private void lookOnce() {
    String[] ids = watchers.keySet().toArray(String[]::new);
    Map<String, Long> versions = new HashMap<>();
    try {
      for (Row row : line.ask(VERSIONS, Tuple.of(ids))) {
        versions.put(row.getString(0), row.getLong(1));
      }
    } catch (StoreUnavailable e) {
      return; // whoever waits finds out when it asks
    }
    for (String id : ids) {
      long version = versions.getOrDefault(id, 0L);
      watchers.getOrDefault(id, Set.of()).stream()
          .filter(watcher -> watcher.version() != version)
          .forEach(watcher -> watcher.bell().release());
    }
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}
