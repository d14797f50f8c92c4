package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.protocol.SessionId;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in PostgreSQL, shared by any number of replicas. Every call ends within the
 * store's timeout: with what the database said, or with {@link StoreUnavailable}.
 */
final class PostgresLeaseStore implements LeaseStore, AutoCloseable {
  private static final String FIND = "SELECT body FROM session WHERE id = $1";
  private static final String BY_KEY = "SELECT body FROM session WHERE consumer = $1 AND key = $2";
  private static final String EVIDENCE =
      "SELECT record FROM evidence WHERE session = $1 AND seq >= $2 ORDER BY seq LIMIT $3";
  private static final String OBSTACLE =
      "SELECT outcome, previous, current FROM obstacle($1, 1, $2, $3, $4, $5, $6)";
  private final Lines lines;
  private final Duration timeout;
  private final Capacity capacity;
  private final Compaction compaction;
  private final Watchers watchers;
  private final Told told;

  /** Told of every session appended here; must return at once. */
  @FunctionalInterface
  interface Told {
    /** It was appended. */
    void appended(SessionId session);
  }

  PostgresLeaseStore(Lines lines, PostgresStorage.Bounds bounds, Told told) {
    this.lines = lines;
    this.timeout = bounds.timeout();
    this.capacity = new Capacity(lines.bulk(), bounds.sessionsMax());
    this.compaction = new Compaction(lines.upkeep(), bounds.evidenceRetention());
    this.watchers = new Watchers(this::find, lines.bulk());
    this.told = told;
  }

  @Override
  public AppendResult append(Transition transition) {
    Append append = Append.of(transition);
    AppendResult result = transition.before() == null ? begun(append) : written(append);
    if (result instanceof AppendResult.Appended) {
      lines.commits().answered();
      watchers.changed(append.row().id());
      told.appended(transition.after().id());
    }
    return result;
  }

  private AppendResult begun(Append append) {
    if (!capacity.take()) {
      return obstacle(append);
    }
    boolean begun = false;
    try {
      AppendResult result = written(append);
      begun = result instanceof AppendResult.Appended;
      return result;
    } finally {
      capacity.settle(begun);
    }
  }

  private AppendResult written(Append append) {
    lines.commits().require();
    lines.lane(append.row().shard()).add(append);
    return result(append);
  }

  private AppendResult result(Append append) {
    try {
      return append.result().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
    } catch (TimeoutException e) {
      append.result().cancel(false);
      throw new StoreUnavailable("the database did not answer within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      append.result().cancel(false);
      throw new StoreUnavailable("interrupted while waiting for the database");
    }
  }

  /** Why a session cannot begin in a full store: perhaps it would not in an empty one either. */
  private AppendResult obstacle(Append append) {
    SessionRow row = append.row();
    Tuple arguments =
        Tuple.of(row.id(), append.mark(), row.facts().origin().consumer())
            .addString(row.facts().origin().idempotencyKey())
            .addString(row.ue())
            .addString(row.service());
    Row answer = lines.quick().ask(OBSTACLE, arguments).iterator().next();
    return "R".equals(answer.getString(0)) ? new AppendResult.Full() : Lane.refusal(answer);
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return one(lines.quick().ask(FIND, Tuple.of(id.value())));
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    return one(lines.quick().ask(BY_KEY, Tuple.of(consumer, key)));
  }

  private static Optional<Session> one(RowSet<Row> answer) {
    for (Row row : answer) {
      return Optional.of(SessionCodec.read(row.getBuffer(0).getBytes()));
    }
    return Optional.empty();
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more");
    }
    String after = token == null ? null : PageToken.parse(token);
    Listing listing = Listing.of(query, after, limit + 1);
    List<Session> found = new ArrayList<>();
    String last = "";
    boolean more = false;
    for (Row row : lines.bulk().ask(listing.sql(), listing.arguments())) {
      if (found.size() == limit) {
        more = true;
      } else {
        last = row.getString(0);
        found.add(SessionCodec.read(row.getBuffer(1).getBytes()));
      }
    }
    return new SessionPage(found, more ? PageToken.of(last) : null);
  }

  @Override
  public List<String> evidence(SessionId id, long fromSeq, int limit) {
    if (fromSeq < 1 || limit < 1) {
      throw new IllegalArgumentException("fromSeq and limit must be 1 or more");
    }
    List<String> records = new ArrayList<>();
    for (Row row : lines.bulk().ask(EVIDENCE, Tuple.of(id.value(), fromSeq, (long) limit))) {
      records.add(row.getString(0));
    }
    return List.copyOf(records);
  }

  @Override
  public Optional<Session> awaitChange(SessionId id, long version, Duration atMost) {
    return watchers.await(id, version, atMost);
  }

  /** Another replica appended to a session. */
  void changedElsewhere(SessionId id) {
    watchers.changed(id.value());
  }

  @Override
  public int compact(Instant now) {
    lines.commits().require();
    int forgotten = compaction.run(now);
    capacity.forgotten(forgotten);
    return forgotten;
  }

  @Override
  public void close() {
    watchers.close();
    lines.close();
  }
}
