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
import java.util.function.Consumer;

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

  private static final String LOCKED = "BEGIN; SELECT pg_advisory_xact_lock(" + LOCK + ")";
  private static final String PREPARE =
      """
      CREATE TABLE IF NOT EXISTS schema_version (
        version integer PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT now()
      )""";
  private static final String UNFINISHED = "SELECT to_regclass('unfinished_import') IS NOT NULL";
  private static final String VERSION = "SELECT coalesce(max(version), 0) FROM schema_version";

  private Migrations() {}

  /**
   * Migrates.
   *
   * @throws StoreUnusable when a newer program has been here or an import was not finished, saying
   *     what to do
   */
  static void run(Primary primary) {
    Link link = primary.open(Primary.Settings.bounded(TIME_MAX), TIME_MAX);
    try {
      requireNoImport(link);
      if (!present(link) || version(link) != STEPS.size()) {
        while (step(link, Migrations::requireNoImport)) {
          // one after the other, each under the lock
        }
      }
    } finally {
      link.close();
    }
  }

  /** Makes the tables of a store that is to be filled; none can be opened here until then. */
  static void begin(Link link) {
    link.run(LOCKED, TIME_MAX);
    requireNoImport(link);
    if (present(link)) {
      throw new StoreUnusable(
          "there is a store in the database already; import into a database where none is");
    }
    link.run("CREATE TABLE unfinished_import (); COMMIT", TIME_MAX);
    while (step(link, same -> {})) {
      // as above
    }
  }

  /** The store is filled. */
  static void end(Link link) {
    link.run("DROP TABLE unfinished_import", TIME_MAX);
  }

  /**
   * Looks whether there is a store, of a form this program knows; changes nothing.
   *
   * @throws StoreUnusable when there is not
   */
  static void require(Link link) {
    requireNoImport(link);
    if (!present(link)) {
      throw new StoreUnusable("there is no store in the database");
    }
    int version = version(link);
    if (version != STEPS.size()) {
      throw new StoreUnusable(
          "the database has schema "
              + version
              + ", older than this program's: start the AIPF once to bring it up to date");
    }
  }

  private static void requireNoImport(Link link) {
    if (yes(link, UNFINISHED)) {
      throw new StoreUnusable(
          "an import into the database was not finished: drop the database and import into a new"
              + " one");
    }
  }

  private static boolean present(Link link) {
    return yes(link, "SELECT to_regclass('schema_version') IS NOT NULL");
  }

  private static boolean yes(Link link, String question) {
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

  /** Takes one step if there is one left and {@code look} finds nothing against it. */
  private static boolean step(Link link, Consumer<Link> look) {
    link.run(LOCKED, TIME_MAX);
    look.accept(link);
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
