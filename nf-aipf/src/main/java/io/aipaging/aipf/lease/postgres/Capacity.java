package io.aipaging.aipf.lease.postgres;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the number of sessions within its bound. Few sessions are counted, many are taken from the
 * database's statistics, and that not for every page: in between this process knows what it begins
 * itself. So one replica keeps the bound exactly, and several may together pass it by what they
 * begin within a second.
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
  private final ReentrantLock changing = new ReentrantLock();
  private long known;
  private long underWay;
  private volatile long countedAt;
  private volatile boolean counted;

  Capacity(Line line, long max) {
    this.line = line;
    this.max = max;
  }

  /** Takes room for a session that is about to begin; false when there is none. */
  boolean take() {
    refresh();
    changing.lock();
    try {
      if (known + underWay >= max) {
        return false;
      }
      underWay++;
      return true;
    } finally {
      changing.unlock();
    }
  }

  /** The session has begun, or it has not and its room is free again. */
  void settle(boolean begun) {
    changing.lock();
    try {
      underWay--;
      known += begun ? 1 : 0;
    } finally {
      changing.unlock();
    }
  }

  /** So many sessions less. */
  void forgotten(int sessions) {
    changing.lock();
    try {
      known -= sessions;
    } finally {
      changing.unlock();
    }
  }

  private void refresh() {
    if (fresh()) {
      return;
    }
    if (!counted) {
      counting.lock();
    } else if (!counting.tryLock()) {
      return;
    }
    try {
      if (!fresh()) {
        count();
      }
    } finally {
      counting.unlock();
    }
  }

  private boolean fresh() {
    Duration bound = known() < max ? FRESH : FULL_FRESH;
    return counted && System.nanoTime() - countedAt < bound.toNanos();
  }

  private long known() {
    changing.lock();
    try {
      return known;
    } finally {
      changing.unlock();
    }
  }

  /** What was counted replaces what is known only where others must have changed it. */
  private void count() {
    long before = known();
    long number = line.ask(COUNT, Tuple.tuple()).iterator().next().getLong(0);
    changing.lock();
    try {
      long least = Math.min(before, known);
      long most = Math.max(before, known) + underWay;
      if (!counted || number < least || number > most) {
        known = number;
      }
    } finally {
      changing.unlock();
    }
    countedAt = System.nanoTime();
    counted = true;
  }
}
