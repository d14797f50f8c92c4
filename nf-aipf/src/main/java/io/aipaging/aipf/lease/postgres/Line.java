package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnavailable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is opened again after it was lost. Work is tried again as long as its time
 * lasts; when the database has been away for longer than that, work fails at once until it is back.
 * Thread-safe.
 */
final class Line implements AutoCloseable {
  private static final Duration AGAIN = Duration.ofMillis(25);
  private static final Duration ATTEMPTS_APART = Duration.ofMillis(100);
  private final Primary primary;
  private final Primary.Settings settings;
  private final Duration timeout;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Link link;
  private volatile long awaySince;
  private volatile long refusedAt;
  private volatile boolean away;
  private volatile boolean closed;

  /**
   * A line that is opened when it is first used.
   *
   * @param timeout longest time for one piece of work
   */
  Line(Primary primary, Duration timeout) {
    this.primary = primary;
    this.settings = Primary.Settings.bounded(timeout);
    this.timeout = timeout;
  }

  /** Work on a connection, in the time that is left for it. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it; throws {@link StoreUnavailable} when it may be tried again. */
    T on(Link link, Duration left);
  }

  /** Asks and waits for the answer. */
  RowSet<Row> ask(String sql, Tuple arguments) {
    return with((on, left) -> on.ask(sql, arguments, left));
  }

  /** Does {@code work}, again if need be: it must bear that. */
  <T> T with(Work<T> work) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        T done = work.on(link(end), left(end));
        away = false;
        return done;
      } catch (StoreUnavailable e) {
        if (!hopeful(end)) {
          throw e;
        }
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private boolean hopeful(long end) {
    long now = System.nanoTime();
    if (!away) {
      awaySince = now;
      away = true;
    }
    return !closed
        && !Thread.currentThread().isInterrupted()
        && end - now > AGAIN.toNanos()
        && (now - awaySince < timeout.toNanos() || primary.openedSince(awaySince));
  }

  private Link link(long end) {
    Link current = link;
    if (current != null && current.open()) {
      return current;
    }
    if (closed) {
      throw new StoreUnavailable("the store is closed");
    }
    try {
      if (!opening.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new StoreUnavailable("the database cannot be reached in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while waiting for the database");
    }
    try {
      current = link;
      return current != null && current.open() ? current : opened(end);
    } finally {
      opening.unlock();
    }
  }

  private Link opened(long end) {
    boolean justNow = System.nanoTime() - refusedAt < ATTEMPTS_APART.toNanos();
    if (away && justNow && !primary.openedSince(refusedAt)) {
      throw new StoreUnavailable("the database is away");
    }
    try {
      Link fresh = primary.open(settings, left(end));
      link = fresh;
      if (closed) {
        fresh.close();
      }
      return fresh;
    } catch (StoreUnavailable e) {
      refusedAt = System.nanoTime();
      throw e;
    }
  }

  private static Duration left(long end) {
    return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), end - System.nanoTime()));
  }

  /** Gives up the connection if it does not answer a trifle soon. */
  void check() {
    Link current = link;
    if (current != null && current.open()) {
      try {
        var _ = current.ask("SELECT 1", Tuple.tuple(), timeout);
      } catch (RuntimeException e) {
        current.close();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Link current = link;
    if (current != null) {
      current.close();
    }
  }
}
