package io.aipaging.crash;

import io.aipaging.postgres.PostgresServer;
import java.time.Duration;

/** Who holds the shards, as the database knows it. */
final class Shards {
  private static final String HELD =
      "SELECT count(*), count(DISTINCT pid) FROM pg_locks"
          + " WHERE locktype = 'advisory' AND classid = "
          + 0x6169_7061;

  private final PostgresServer server;
  private final String database;

  Shards(PostgresServer server, String database) {
    this.server = server;
    this.database = database;
  }

  /** Waits until so many replicas hold all shards together; returns how long that took. */
  Duration awaitHolders(int replicas) throws Exception {
    long start = System.nanoTime();
    Await.until(
        Inspection.PATIENCE,
        "all shards with " + replicas + " replicas",
        () -> server.sql(database, HELD).equals("64|" + replicas));
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
