package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.StoreUnusable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Brings a database's tables to the form this program needs: every step in one transaction, under a
 * lock, so that replicas that start together do it once.
 */
final class Migrations {
  /** Steps in order: the n-th makes schema n. */
  private static final List<String> STEPS = List.of("0001-sessions.sql");

  private static final Duration TIME_MAX = Duration.ofSeconds(60);

  /** Ours among all advisory locks of the database. */
  private static final long LOCK = 0x6169_7061_6765L;

  private static final String PREPARE =
      """
      CREATE TABLE IF NOT EXISTS schema_version (
        version integer PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT now()
      )""";
  private static final String VERSION = "SELECT coalesce(max(version), 0) FROM schema_version";

  private Migrations() {}

  /**
   * Migrates.
   *
   * @throws StoreUnusable when a newer program has been here, saying what to do
   */
  static void run(Primary primary) {
    Link link = primary.open(Primary.Settings.bounded(TIME_MAX), TIME_MAX);
    try {
      if (!present(link) || version(link) != STEPS.size()) {
        while (step(link)) {
          // one after the other, each under the lock
        }
      }
    } finally {
      link.close();
    }
  }

  private static boolean present(Link link) {
    String question = "SELECT to_regclass('schema_version') IS NOT NULL";
    return link.ask(question, Tuple.tuple(), TIME_MAX).iterator().next().getBoolean(0);
  }

  private static int version(Link link) {
    Row row = link.ask(VERSION, Tuple.tuple(), TIME_MAX).iterator().next();
    int version = row.getInteger(0);
    if (version > STEPS.size()) {
      throw new StoreUnusable(
          "the database has schema "
              + version
              + ", but this program knows schemas up to "
              + STEPS.size()
              + ": start the newer program again, or restore a backup made before it ran");
    }
    return version;
  }

  /** Takes one step if there is one left. */
  private static boolean step(Link link) {
    link.run("BEGIN; SELECT pg_advisory_xact_lock(" + LOCK + ")", TIME_MAX);
    link.run(PREPARE, TIME_MAX);
    int version = version(link);
    if (version == STEPS.size()) {
      link.run("COMMIT", TIME_MAX);
      return false;
    }
    link.run(script(STEPS.get(version)), TIME_MAX);
    link.run("INSERT INTO schema_version VALUES (" + (version + 1) + "); COMMIT", TIME_MAX);
    return true;
  }

  private static String script(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in this program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
