package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.codec.SessionUnreadable;
import io.aipaging.protocol.SessionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a database at rest, all of it as it was when the reading began. */
final class PostgresDump implements StoreDump {
  private static final String MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  private static final String SET = "SELECT id FROM aipf_set";
  private static final String SESSIONS =
      "SELECT id, body FROM session WHERE id > $1 ORDER BY id LIMIT 200";
  private static final String FORGOTTEN =
      "SELECT session, closed_ms FROM evidence_closed WHERE session > $1 ORDER BY session LIMIT"
          + " 200";
  private static final String EVIDENCE =
      "SELECT session, record FROM evidence WHERE session = ANY ($1) ORDER BY session, seq";
  private final AtRest database;

  private PostgresDump(AtRest database) {
    this.database = database;
  }

  /**
   * A dump.
   *
   * @throws StoreUnusable when there is no store of this Set, or of another form
   */
  static PostgresDump of(AtRest database, String setId) {
    try {
      Migrations.require(database.link());
      database.run(MOMENT);
      for (Row row : database.ask(SET, Tuple.tuple())) {
        if (!row.getString(0).equals(setId)) {
          throw new StoreUnusable("the database is that of another AIPF Set, not of " + setId);
        }
      }
      return new PostgresDump(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Rows of a question for those after an id, which is their first column. */
  static void walk(AtRest database, String question, Consumer<RowSet<Row>> each) {
    String last = "";
    while (true) {
      RowSet<Row> page = database.ask(question, Tuple.of(last));
      for (Row row : page) {
        last = row.getString(0);
      }
      if (page.size() == 0) {
        return;
      }
      each.accept(page);
    }
  }

  @Override
  public void parts(Consumer<Part> each, Consumer<String> faults) {
    walk(
        database,
        SESSIONS,
        page -> {
          Map<String, List<String>> evidence = evidence(page);
          for (Row row : page) {
            Session session = session(row, faults);
            if (session != null) {
              each.accept(new Part(session.id(), session, null, of(row, evidence)));
            }
          }
        });
    walk(
        database,
        FORGOTTEN,
        page -> {
          Map<String, List<String>> evidence = evidence(page);
          for (Row row : page) {
            SessionId id = new SessionId(row.getString(0));
            Instant at = Instant.ofEpochMilli(row.getLong(1));
            each.accept(new Part(id, null, at, of(row, evidence)));
          }
        });
  }

  private Map<String, List<String>> evidence(RowSet<Row> sessions) {
    List<String> ids = new ArrayList<>();
    sessions.forEach(row -> ids.add(row.getString(0)));
    Map<String, List<String>> records = new HashMap<>();
    Tuple all = Tuple.tuple().addArrayOfString(ids.toArray(String[]::new));
    for (Row row : database.ask(EVIDENCE, all)) {
      records.computeIfAbsent(row.getString(0), id -> new ArrayList<>()).add(row.getString(1));
    }
    return records;
  }

  private static List<String> of(Row row, Map<String, List<String>> evidence) {
    return evidence.getOrDefault(row.getString(0), List.of());
  }

  private static @Nullable Session session(Row row, Consumer<String> faults) {
    try {
      return SessionCodec.read(row.getBuffer(1).getBytes());
    } catch (SessionUnreadable e) {
      faults.accept("session " + row.getString(0) + " is lost: " + e.getMessage());
      return null;
    }
  }

  @Override
  public void inspect(Consumer<String> faults) {
    new Inspection(database, faults).run();
  }

  @Override
  public void close() {
    database.close();
  }
}
