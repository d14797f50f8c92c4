package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.LeaseStore;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/**
 * Forgets what is over, in small steps that hold nobody up: what one replica is forgetting, another
 * passes over.
 */
final class Compaction {
  private static final int SESSIONS_A_STEP = 500;
  private static final int CHAINS_A_STEP = 20;
  private static final Duration TIME_MAX = Duration.ofSeconds(1);
  private static final String FORGET =
      """
      WITH gone AS (
        DELETE FROM session WHERE id IN (
          SELECT id FROM session WHERE ended_ms <= $1 ORDER BY ended_ms LIMIT $2
             FOR UPDATE SKIP LOCKED)
        RETURNING id),
      closed AS (
        INSERT INTO evidence_closed SELECT id, $3 FROM gone ON CONFLICT DO NOTHING)
      SELECT count(*) FROM gone
      """;
  private static final String ERASE =
      """
      WITH due AS (
        DELETE FROM evidence_closed WHERE session IN (
          SELECT session FROM evidence_closed WHERE closed_ms <= $1 ORDER BY closed_ms LIMIT $2
             FOR UPDATE SKIP LOCKED)
        RETURNING session),
      erased AS (
        DELETE FROM evidence USING due WHERE evidence.session = due.session)
      SELECT count(*) FROM due
      """;
  private final Line line;
  private final Duration retention;

  Compaction(Line line, Duration retention) {
    this.line = line;
    this.retention = retention;
  }

  /** Forgets what it can in a second; returns how many sessions. */
  int run(Instant now) {
    long end = System.nanoTime() + TIME_MAX.toNanos();
    long nowMs = now.toEpochMilli();
    int forgotten = 0;
    int step;
    do {
      Tuple sessions =
          Tuple.of(
              now.minus(LeaseStore.READABLE_MIN).toEpochMilli(), (long) SESSIONS_A_STEP, nowMs);
      step = count(line.ask(FORGET, sessions));
      forgotten += step;
    } while (step == SESSIONS_A_STEP && System.nanoTime() < end);
    Tuple chains = Tuple.of(now.minus(retention).toEpochMilli(), (long) CHAINS_A_STEP);
    do {
      step = count(line.ask(ERASE, chains));
    } while (step == CHAINS_A_STEP && System.nanoTime() < end);
    return forgotten;
  }

  private static int count(RowSet<Row> answer) {
    return Math.toIntExact(answer.iterator().next().getLong(0));
  }
}
