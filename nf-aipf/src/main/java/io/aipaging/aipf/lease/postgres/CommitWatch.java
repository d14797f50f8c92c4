package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether the database still answers commits: one that has lost its synchronous standby
 * answers every question and keeps every commit waiting, its connection included, for as long as
 * the standby is away. So a small commit is made every second in which no append was answered. It
 * is waited for as long as the server itself says that it waits, and meanwhile others do not begin
 * to write: an outage of hours then holds a few of the server's connections and not all of them.
 */
final class CommitWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** Is written to the log and nowhere else. */
  private static final String COMMIT = "SELECT pg_logical_emit_message(true, 'aipaging', '')";

  private static final String WAITING =
      "SELECT coalesce(wait_event, '') FROM pg_stat_activity WHERE pid = $1 AND state = 'active'";
  private static final Logger LOG = LoggerFactory.getLogger(CommitWatch.class);
  private final Primary primary;
  private final Duration timeout;
  private final Line asking;
  private final Thread watching;
  private volatile Waiting waiting = Waiting.NO;
  private volatile long answeredAt = System.nanoTime();
  private volatile boolean closed;

  /**
   * A commit that is not answered yet.
   *
   * @param since when it was sent, {@link System#nanoTime}
   */
  private record Waiting(boolean now, long since) {
    private static final Waiting NO = new Waiting(false, 0);

    boolean longerThan(Duration bound) {
      return now && System.nanoTime() - since > bound.toNanos();
    }
  }

  /**
   * Begins to watch.
   *
   * @param timeout a commit that takes longer is as good as none
   * @param asking for questions about the server
   */
  CommitWatch(Primary primary, Duration timeout, Line asking) {
    this.primary = primary;
    this.timeout = timeout;
    this.asking = asking;
    this.watching = Thread.ofVirtual().name("aipf-commits").start(this::run);
  }

  /** Whether a commit waits longer than any may. */
  boolean stuck() {
    return waiting.longerThan(timeout);
  }

  /** Throws {@link StoreUnavailable} while commits are not answered. */
  void require() {
    if (stuck()) {
      throw new StoreUnavailable("the database answers no commit: has it lost its standby?");
    }
  }

  /** An append was answered: there is no need to ask. */
  void answered() {
    answeredAt = System.nanoTime();
  }

  private void run() {
    while (!closed) {
      try {
        watch();
      } catch (StoreUnavailable e) {
        LOG.atDebug().addKeyValue("reason", e.getMessage()).log("commits not watched");
      } catch (RuntimeException e) {
        LOG.atWarn().setCause(e).log("commits cannot be watched");
      }
      waiting = Waiting.NO;
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(EVERY.toNanos());
  }

  /** Over one connection, until it is lost. */
  private void watch() {
    Link link = primary.open(Primary.Settings.bounded(timeout), timeout);
    try {
      while (!closed && link.open()) {
        if (System.nanoTime() - answeredAt > EVERY.toNanos()) {
          commit(link);
        }
        pause();
      }
    } finally {
      link.close();
    }
  }

  private void commit(Link link) {
    waiting = new Waiting(true, System.nanoTime());
    Future<RowSet<Row>> commit = link.asked(COMMIT);
    boolean told = false;
    while (!closed && !answered(commit)) {
      String event = waitsFor(link);
      if (!told) {
        LOG.atWarn().addKeyValue("for", event).log("commits wait");
        told = true;
      }
    }
    if (told) {
      long seconds = Duration.ofNanos(System.nanoTime() - waiting.since()).toSeconds();
      LOG.atWarn().addKeyValue("afterSeconds", seconds).log("commits are answered again");
    }
    waiting = Waiting.NO;
    answered();
  }

  /** What the server says that the commit waits for; {@code SyncRep} is a standby. */
  private String waitsFor(Link link) {
    for (Row row : asking.ask(WAITING, Tuple.of(link.connection().processId()))) {
      return row.getString(0);
    }
    throw new StoreUnavailable("the server knows nothing of a commit that waits");
  }

  private boolean answered(Future<RowSet<Row>> commit) {
    try {
      var _ = commit.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (Throwable e) {
      throw Failures.of(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    watching.interrupt();
  }
}
