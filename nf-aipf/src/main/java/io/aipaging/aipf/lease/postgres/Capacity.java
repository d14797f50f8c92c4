package io.aipaging.aipf.lease.postgres;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the number of sessions within its bound. Few sessions are counted, many are taken from the
 * database's statistics; in between this process adds what it begins itself, so that several
 * replicas together may pass the bound by what they begin within a second.
 */
final class Capacity {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration FULL_FRESH = Duration.ofMillis(50);
  private static final String COUNT =
      """
      SELECT CASE WHEN s.about > 10000 THEN s.about
                  ELSE (SELECT count(*) FROM (SELECT 1 FROM session LIMIT 10001) few) END
        FROM (SELECT greatest(c.reltuples::bigint, pg_stat_get_live_tuples(c.oid)) AS about
                FROM pg_class c WHERE c.oid = 'session'::regclass) s
      """;
  private final Line line;
  private final long max;
  private final ReentrantLock counting = new ReentrantLock();
  private final AtomicLong known = new AtomicLong();
  private volatile long countedAt;
  private volatile boolean counted;

  Capacity(Line line, long max) {
    this.line = line;
    this.max = max;
  }

  /** Whether no session may begin. */
  boolean full() {
    long age = System.nanoTime() - countedAt;
    Duration fresh = known.get() < max ? FRESH : FULL_FRESH;
    if ((!counted || age > fresh.toNanos()) && counting.tryLock()) {
      try {
        count();
      } finally {
        counting.unlock();
      }
    }
    return known.get() >= max;
  }

  private void count() {
    long before = known.get();
    long number = line.ask(COUNT, Tuple.tuple()).iterator().next().getLong(0);
    known.addAndGet(number - before); // what began meanwhile stays added
    countedAt = System.nanoTime();
    counted = true;
  }

  /** One session more. */
  void begun() {
    var _ = known.incrementAndGet();
  }

  /** So many less. */
  void forgotten(int sessions) {
    var _ = known.addAndGet(-sessions);
  }
}
