package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.protocol.SessionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that other replicas moved, on their way to whoever looks after them here. Should a
 * replica die between an append and its letter, a session it began is found by asking.
 */
final class Inbox implements Mail.Reader, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final Duration ASK = Duration.ofSeconds(1);
  private static final int TOGETHER_MAX = 64;
  private static final int WAITING_MAX = 20_000;
  private static final int HEARD_MAX = 20_000;
  private static final String BEGUN =
      "SELECT id FROM session WHERE begun_at > clock_timestamp() - interval '5 s'"
          + " AND begun_by <> $1 AND shard = ANY ($2) AND ended_ms IS NULL LIMIT 5000";
  private final BlockingQueue<SessionId> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Set<SessionId> heard = Collections.synchronizedSet(newBounded());
  private final Ownership ownership;
  private final Receivers receivers;
  private final Line line;
  private final Thread delivering;
  private volatile boolean closed;

  /**
   * Who is told.
   *
   * @param anySession of every session that others moved; must return at once
   * @param ownSession of those this process looks after; may block
   * @param everything when nobody can say which; must return at once
   */
  record Receivers(
      Consumer<SessionId> anySession, Consumer<SessionId> ownSession, Runnable everything) {}

  Inbox(Ownership ownership, Receivers receivers, Line line) {
    this.ownership = ownership;
    this.receivers = receivers;
    this.line = line;
    this.delivering = Thread.ofVirtual().name("aipf-inbox").start(this::run);
  }

  private static Set<SessionId> newBounded() {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<SessionId, Boolean> eldest) {
            return size() > HEARD_MAX;
          }
        });
  }

  @Override
  public void moved(SessionId session) {
    if (closed) {
      return;
    }
    receivers.anySession().accept(session);
    if (ownership.owned().contains(Shard.of(session))) {
      heard.add(session);
      if (!waiting.offer(session)) {
        receivers.everything().run();
      }
    }
  }

  @Override
  public void movedMany() {
    receivers.everything().run();
  }

  private void run() {
    long ask = System.nanoTime() + ASK.toNanos();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        SessionId next = waiting.poll(ask - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next != null) {
          deliver(next);
        } else if (System.nanoTime() - ask >= 0) {
          askForBegun();
          ask = System.nanoTime() + ASK.toNanos();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void deliver(SessionId next) throws InterruptedException {
    Set<SessionId> together = new LinkedHashSet<>();
    together.add(next);
    waiting.drainTo(together, TOGETHER_MAX - 1);
    List<Thread> deliveries = new ArrayList<>();
    for (SessionId session : together) {
      deliveries.add(Thread.ofVirtual().name("aipf-delivery").start(() -> hand(session)));
    }
    for (Thread delivery : deliveries) {
      delivery.join();
    }
  }

  private void hand(SessionId session) {
    try {
      receivers.ownSession().accept(session);
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("sessionId", session).setCause(e).log("moved session not looked at");
    }
  }

  private void askForBegun() {
    Set<Shard> owned = ownership.owned();
    if (owned.isEmpty()) {
      return;
    }
    Short[] shards = owned.stream().map(shard -> (short) shard.number()).toArray(Short[]::new);
    try {
      for (Row row : line.ask(BEGUN, Tuple.of(ownership.runner()).addArrayOfShort(shards))) {
        SessionId session = new SessionId(row.getString(0));
        if (!heard.contains(session)) {
          moved(session);
        }
      }
    } catch (StoreUnavailable e) {
      LOG.atDebug().addKeyValue("reason", e.getMessage()).log("not asked");
    }
  }

  @Override
  public void close() {
    closed = true;
    delivering.interrupt();
  }
}
