package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Shard;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The question for one page of sessions.
 *
 * @param sql with a parameter for each argument
 * @param arguments in order
 */
record Listing(String sql, Tuple arguments) {
  /**
   * Sessions after one id, by id.
   *
   * @param after id, or null to begin
   * @param rows how many at most
   */
  static Listing of(SessionQuery query, @Nullable String after, int rows) {
    Builder builder = new Builder();
    builder.where("state = ", query.state());
    builder.where("ue = ", query.ue() == null ? null : query.ue().toString());
    builder.where("af = ", query.afId());
    builder.where("aisi = ", query.aisi() == null ? null : query.aisi().toString());
    if (query.endsBefore() != null) {
      builder.where("expires_ms < ", query.endsBefore().toEpochMilli());
    }
    if (query.anchorId() != null) {
      String anchor = builder.parameter(query.anchorId());
      builder.conditions.add("(anchor_1 = " + anchor + " OR anchor_2 = " + anchor + ")");
    }
    builder.where("id > ", after);
    if (query.unfinished() == null) {
      return builder.page(rows);
    }
    return builder.unfinished(query.unfinished().shards(), rows);
  }

  private static final class Builder {
    private final List<String> conditions = new ArrayList<>();
    private final Tuple arguments = Tuple.tuple();

    private String parameter(Object value) {
      arguments.addValue(value);
      return "$" + arguments.size();
    }

    private void where(String condition, @Nullable Object value) {
      if (value != null) {
        conditions.add(condition + parameter(value));
      }
    }

    private Listing page(int rows) {
      String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
      String limit = " ORDER BY id LIMIT " + parameter((long) rows);
      return new Listing("SELECT id, body FROM session" + where + limit, arguments);
    }

    /** The first of each shard, of which the first are wanted: no shard is read to its end. */
    private Listing unfinished(Set<Shard> shards, int rows) {
      conditions.add("shard = wanted.number");
      conditions.add("ended_ms IS NULL");
      Short[] numbers = shards.stream().map(s -> (short) s.number()).toArray(Short[]::new);
      String limit = " ORDER BY id LIMIT " + parameter((long) rows);
      String sql =
          "SELECT id, body FROM session WHERE id IN (SELECT first.id FROM unnest("
              + parameter(numbers)
              + "::smallint[]) AS wanted (number) CROSS JOIN LATERAL (SELECT id FROM session WHERE "
              + String.join(" AND ", conditions)
              + limit
              + ") AS first"
              + limit
              + ")"
              + limit;
      return new Listing(sql, arguments);
    }
  }
}
