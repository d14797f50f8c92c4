package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnusable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/**
 * A database that no replica works on, over one connection.
 *
 * @param link the connection
 * @param closed run when it is closed
 */
record AtRest(Link link, Runnable closed) implements AutoCloseable {
  /** For one statement: a page of rows, of a database as slow as it may be. */
  private static final Duration TIME_MAX = Duration.ofSeconds(60);

  private static final String AT_WORK =
      "SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
          + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
          + " AND classid = "
          + Beat.LOCK_CLASS;

  /**
   * Connects.
   *
   * @throws StoreUnusable when replicas are at work
   */
  static AtRest open(Primary primary, Runnable closed) {
    AtRest rest = null;
    try {
      rest = new AtRest(primary.open(Primary.Settings.bounded(TIME_MAX), TIME_MAX), closed);
      long atWork = rest.ask(AT_WORK, Tuple.tuple()).iterator().next().getLong(0);
      if (atWork > 0) {
        throw new StoreUnusable(
            "replicas of an AIPF work on the database, " + atWork + " of them: stop all of them");
      }
      return rest;
    } catch (RuntimeException e) {
      if (rest == null) {
        closed.run();
      } else {
        rest.close();
      }
      throw e;
    }
  }

  RowSet<Row> ask(String sql, Tuple arguments) {
    return link.ask(sql, arguments, TIME_MAX);
  }

  void run(String script) {
    link.run(script, TIME_MAX);
  }

  @Override
  public void close() {
    link.close();
    closed.run();
  }
}
