package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.keys.KeyLedger;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.protocol.SessionId;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An AIPF Set's state in PostgreSQL, shared by its replicas: sessions, who looks after which, and
 * the keys they sign with.
 */
public final class PostgresStorage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresStorage.class);
  private static final Duration START_TIME = Duration.ofSeconds(30);
  private static final Duration AT_REST_TIME = Duration.ofSeconds(10);
  private static final Duration START_AGAIN = Duration.ofMillis(500);
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Lines lines;
  private final Replica replica;
  private final Mail mail = new Mail();
  private final PostgresLeaseStore store;

  /**
   * Who opens it.
   *
   * @param setId the AIPF Set; a database is one Set's
   * @param name the NF instance, for people
   * @param runner this run of this process
   */
  public record Identity(String setId, String name, String runner) {}

  /**
   * What it keeps to.
   *
   * @param timeout longest time for one call
   * @param sessionsMax most sessions, terminal ones included; about so many with several replicas
   * @param evidenceRetention how long evidence outlives its session's row
   */
  public record Bounds(Duration timeout, long sessionsMax, Duration evidenceRetention) {}

  private PostgresStorage(Primary primary, Identity who, Bounds bounds) {
    lines = new Lines(primary, bounds.timeout(), who.runner());
    replica = new Replica(primary, new Beat.Heart(who.runner(), who.name()), mail);
    store = new PostgresLeaseStore(lines, bounds, this::told);
    opened.push(store);
    opened.push(replica);
  }

  /**
   * Opens a database, and brings its tables to the form this program needs. A database that is not
   * there yet is waited for, half a minute.
   *
   * @throws StoreUnavailable when it does not come
   * @throws StoreUnusable when it must not be used, saying what to do
   */
  public static PostgresStorage open(Vertx vertx, PostgresUri uri, Identity who, Bounds bounds) {
    Primary primary = new Primary(vertx, uri, bounds.timeout());
    long end = System.nanoTime() + START_TIME.toNanos();
    while (true) {
      try {
        Migrations.run(primary);
        PostgresStorage storage = new PostgresStorage(primary, who, bounds);
        storage.begin(who, bounds.timeout());
        return storage;
      } catch (StoreUnavailable e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        LOG.atWarn().addKeyValue("reason", e.getMessage()).log("waiting for the database");
        LockSupport.parkNanos(START_AGAIN.toNanos());
      }
    }
  }

  /**
   * Opens a database to be checked or exported, damaged or not.
   *
   * @param setId whose it must be
   * @param closed run when the dump is closed, or cannot be opened
   * @throws StoreUnusable when there is no store, it is of another form or Set, or replicas work on
   *     it
   * @throws StoreUnavailable when the database cannot be reached
   */
  public static StoreDump dump(Vertx vertx, PostgresUri uri, String setId, Runnable closed) {
    return PostgresDump.of(AtRest.open(new Primary(vertx, uri, AT_REST_TIME), closed), setId);
  }

  /**
   * Makes a store in a database to be filled.
   *
   * @param closed run when it is closed, or cannot be made
   * @throws StoreUnusable when there is one, or the rest of one
   * @throws StoreUnavailable when the database cannot be reached
   */
  public static StoreFill fill(Vertx vertx, PostgresUri uri, Runnable closed) {
    return PostgresFill.in(AtRest.open(new Primary(vertx, uri, AT_REST_TIME), closed));
  }

  private void begin(Identity who, Duration timeout) {
    try {
      requireSet(who.setId());
      if (!replica.awaitFirst(timeout)) {
        throw new StoreUnavailable("the database does not count this replica");
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void requireSet(String setId) {
    String sql =
        "WITH claimed AS (INSERT INTO aipf_set SELECT $1"
            + " WHERE NOT EXISTS (SELECT FROM aipf_set) RETURNING id)"
            + " SELECT id FROM aipf_set UNION ALL SELECT id FROM claimed";
    for (Row row : lines.quick().ask(sql, Tuple.of(setId))) {
      if (!row.getString(0).equals(setId)) {
        throw new StoreUnusable(
            "the database is that of another AIPF Set; give " + setId + " one of its own");
      }
    }
  }

  private void told(SessionId session) {
    if (!replica.owned().contains(Shard.of(session)) && mail.add(session)) {
      replica.nudge();
    }
  }

  /** The sessions. */
  public LeaseStore sessions() {
    return store;
  }

  /** This process among the replicas. */
  public Ownership replicas() {
    return replica;
  }

  /**
   * Tells of what other replicas do to sessions this one looks after.
   *
   * @param moved told of a session; may block
   * @param everything when nobody can say which; must return at once
   * @return ends the telling
   */
  public Runnable tell(Consumer<SessionId> moved, Runnable everything) {
    Inbox inbox =
        new Inbox(
            replica, new Inbox.Receivers(store::changedElsewhere, moved, everything), lines.bulk());
    opened.push(inbox);
    mail.readBy(inbox);
    return inbox::close;
  }

  /**
   * The keys of the Set.
   *
   * @param keep how long a key stays after any replica published it last
   */
  public KeyLedger keys(Duration keep) {
    return new SharedKeys(lines, keep);
  }

  /** Whether the database has answered lately, and commits what it is given. */
  public boolean available() {
    return replica.connected() && !lines.commits().stuck();
  }

  /** Leaves the Set and closes all connections; shards are free for others at once. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("not closed in order");
      }
    }
  }
}
