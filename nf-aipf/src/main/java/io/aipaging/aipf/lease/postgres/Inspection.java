package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.codec.SessionUnreadable;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.EvidenceRecord;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares what tables and columns say of each other. The database's own order of things, such as
 * its indices, is for its own tools.
 */
final class Inspection {
  private static final String ROWS =
      """
      SELECT s.id, s.body, s.head, s.head_before, e.record,
             concat_ws(' ', s.shard, s.version, s.state, s.ue, s.service,
               coalesce(s.anchor_1, '-'), coalesce(s.anchor_2, '-'), coalesce(s.af, '-'), s.aisi,
               s.consumer, coalesce(s.key, '-'), s.expires_ms, coalesce(s.ended_ms::text, '-'))
        FROM session s LEFT JOIN evidence e ON e.session = s.id AND e.seq = s.version
       WHERE s.id > $1 ORDER BY s.id LIMIT 200
      """;
  private static final String KEPT_AND_FORGOTTEN =
      "SELECT id FROM session JOIN evidence_closed ON session = id ORDER BY id LIMIT 1000";
  private static final String NOBODYS =
      "SELECT DISTINCT session FROM evidence e"
          + " WHERE NOT EXISTS (SELECT FROM session s WHERE s.id = e.session)"
          + " AND NOT EXISTS (SELECT FROM evidence_closed c WHERE c.session = e.session)"
          + " ORDER BY session LIMIT 1000";
  private static final String OUT_OF_PLACE =
      "SELECT session FROM evidence GROUP BY session"
          + " HAVING min(seq) <> 1 OR max(seq) <> count(*) ORDER BY session LIMIT 1000";
  private final AtRest database;
  private final Consumer<String> faults;

  Inspection(AtRest database, Consumer<String> faults) {
    this.database = database;
    this.faults = faults;
  }

  void run() {
    PostgresDump.walk(database, ROWS, page -> page.forEach(this::row));
    each(KEPT_AND_FORGOTTEN, " is kept and forgotten");
    each(NOBODYS, " has evidence and nothing else");
    each(OUT_OF_PLACE, ": its evidence is out of place");
  }

  private void each(String question, String what) {
    for (Row row : database.ask(question, Tuple.tuple())) {
      fault(row.getString(0), what);
    }
  }

  private void fault(String session, String what) {
    faults.accept("session " + session + what);
  }

  private void row(Row row) {
    String id = row.getString(0);
    Session session;
    try {
      session = SessionCodec.read(row.getBuffer(1).getBytes());
    } catch (SessionUnreadable e) {
      return; // told where it is read
    }
    SessionRow whole = SessionRow.of(session);
    if (!whole.id().equals(id) || !columns(whole).equals(row.getString(5))) {
      fault(id, ": the columns of its row contradict it");
    }
    if (!headed(row, row.getString(4))) {
      fault(id, ": its newest evidence is not what its row says");
    }
  }

  private static boolean headed(Row row, @Nullable String newest) {
    if (newest == null) {
      return false;
    }
    HexFormat hex = HexFormat.of();
    String before;
    try {
      before = EvidenceRecord.parse(newest).prevSha256();
    } catch (IllegalArgumentException e) {
      return false;
    }
    return Arrays.equals(hex.parseHex(Crypto.sha256Hex(newest)), row.getBuffer(2).getBytes())
        && Arrays.equals(hex.parseHex(before), row.getBuffer(3).getBytes());
  }

  private static String columns(SessionRow row) {
    List<Object> columns = new ArrayList<>();
    columns.addAll(List.of(row.shard(), row.version(), row.state(), row.ue(), row.service()));
    columns.add(orNone(row.anchor(0)));
    columns.add(orNone(row.anchor(1)));
    columns.add(orNone(row.facts().origin().afId()));
    columns.add(row.facts().service().aisi());
    columns.add(row.facts().origin().consumer());
    columns.add(orNone(row.facts().origin().idempotencyKey()));
    columns.add(row.expiresMs());
    columns.add(orNone(row.endedMs()));
    return String.join(" ", columns.stream().map(Object::toString).toList());
  }

  private static Object orNone(@Nullable Object value) {
    return Objects.requireNonNullElse(value, "-");
  }
}
