package io.aipaging.bench.lease;

import io.aipaging.aipf.lease.codec.SessionCodec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * PostgreSQL and nothing around it: compare-and-set of many rows and their evidence in one
 * statement and one commit, as many together and over as many connections as the store does, no
 * index but the keys, no answer but the number of rows.
 */
final class RawSql implements AutoCloseable {
  private static final int TOGETHER = 128;
  private static final int CONNECTIONS = 2;
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE raw_session (id text PRIMARY KEY, version bigint NOT NULL,"
              + " body bytea NOT NULL) WITH (fillfactor = 60, toast_tuple_target = 8160)",
          "CREATE TABLE raw_evidence (session text NOT NULL, seq bigint NOT NULL,"
              + " record text NOT NULL, PRIMARY KEY (session, seq))");
  private static final String INSERT =
      "INSERT INTO raw_session SELECT i, 0, b FROM unnest($1::text[], $2::bytea[]) AS u (i, b)";
  private static final String WRITE =
      "WITH given AS (SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::text[])"
          + " AS u (id, version, body, record)), changed AS (UPDATE raw_session s"
          + " SET version = g.version, body = g.body FROM given g"
          + " WHERE s.id = g.id AND s.version = g.version - 1 RETURNING s.id)"
          + " INSERT INTO raw_evidence SELECT g.id, g.version, g.record"
          + " FROM given g JOIN changed c ON c.id = g.id";
  private final List<PgConnection> connections = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private long version;

  private static final class Group {
    final String[] ids;
    final Buffer[] bodies;
    final String[] records;

    Group(List<String> ids, List<Buffer> bodies, List<String> records) {
      this.ids = ids.toArray(String[]::new);
      this.bodies = bodies.toArray(Buffer[]::new);
      this.records = records.toArray(String[]::new);
    }
  }

  /** An empty database at {@code uri}, with the sessions of {@code chains}. */
  RawSql(Vertx vertx, String uri, Chains chains) {
    PgConnectOptions options = PgConnectOptions.fromUri(uri).setCachePreparedStatements(true);
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(PgConnection.connect(vertx, options).await());
    }
    TABLES.forEach(sql -> connections.getFirst().query(sql).execute().await());
    for (int from = 0; from < Chains.SESSIONS; from += TOGETHER) {
      groups.add(group(chains, from, Math.min(Chains.SESSIONS, from + TOGETHER)));
    }
    for (Group group : groups) {
      connections
          .getFirst()
          .preparedQuery(INSERT)
          .execute(Tuple.tuple().addArrayOfString(group.ids).addArrayOfBuffer(group.bodies))
          .await();
    }
  }

  private static Group group(Chains chains, int from, int to) {
    List<String> ids = new ArrayList<>();
    List<Buffer> bodies = new ArrayList<>();
    List<String> records = new ArrayList<>();
    for (int number = from; number < to; number++) {
      var life = chains.life(number);
      ids.add(life.getLast().after().id().value());
      bodies.add(Buffer.buffer(SessionCodec.write(life.getLast().after())));
      records.add(Filling.evidence(life).getLast());
    }
    return new Group(ids, bodies, records);
  }

  /** Writes every session {@code steps} times. */
  Cost write(int steps) {
    return Cost.of(
        () -> {
          for (int i = 0; i < steps; i++) {
            version++;
            Crowd.doing(CONNECTIONS, CONNECTIONS, connection -> writeOver((int) connection));
          }
          return (long) Chains.SESSIONS * steps;
        });
  }

  private void writeOver(int connection) {
    for (int i = connection; i < groups.size(); i += CONNECTIONS) {
      Group group = groups.get(i);
      Long[] versions = new Long[group.ids.length];
      Arrays.fill(versions, version);
      int written =
          connections
              .get(connection)
              .preparedQuery(WRITE)
              .execute(
                  Tuple.tuple()
                      .addArrayOfString(group.ids)
                      .addArrayOfLong(versions)
                      .addArrayOfBuffer(group.bodies)
                      .addArrayOfString(group.records))
              .await()
              .rowCount();
      if (written != group.ids.length) {
        throw new IllegalStateException("a row was not there");
      }
    }
  }

  @Override
  public void close() {
    connections.forEach(connection -> connection.close().await());
  }
}
