package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in a folder. An append claims its session, reads the head of its row, and hands
 * row, indices and evidence as one batch to {@link GroupCommit}; what can be read is durable.
 * Nothing of sessions is kept in memory but the heads of some rows.
 */
public final class RocksDbLeaseStore implements LeaseStore, AutoCloseable {
  /** Longest wait for the disk; what takes longer has an unknown end. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Database database;
  private final Acknowledged acknowledged;
  private final GroupCommit commits;
  private final Lists lists;
  private final Forgetting forgetting;
  private final Claims claims = new Claims(PATIENCE);
  private final Heads heads = new Heads();
  private final Watchers watchers = new Watchers();
  private final Semaphore room;
  private final ReentrantLock compacting = new ReentrantLock();

  RocksDbLeaseStore(Database database, Acknowledged acknowledged, RocksDbLimits limits) {
    this.database = database;
    this.acknowledged = acknowledged;
    byte[] counted = database.get(Family.META, Keys.SESSION_COUNT);
    long sessions = counted == null ? 0 : Keys.number(counted);
    this.room = new Semaphore((int) (limits.sessionsMax() - sessions));
    this.commits = new GroupCommit(database, acknowledged, sessions);
    this.lists = new Lists(database);
    this.forgetting = new Forgetting(database, limits.evidenceRetention());
  }

  @Override
  public AppendResult append(Transition transition) {
    return append(List.of(transition));
  }

  @Override
  public AppendResult append(Transition first, Transition then) {
    return append(List.of(first, then));
  }

  private AppendResult append(List<Transition> transitions) {
    Session after = transitions.getLast().after();
    byte[] key = Keys.session(after.id());
    Claims.Claim claim = claims.none();
    boolean handedOver = false;
    try {
      claim.take(Family.SESSIONS, key);
      Row before = head(after.id(), key);
      if ((before == null ? 0 : before.version()) != transitions.getFirst().expectedVersion()) {
        return new AppendResult.Stale(find(after.id()).orElse(null));
      }
      if (before == null) {
        AppendResult obstacle = obstacle(after, claim);
        if (obstacle != null) {
          return obstacle;
        }
      }
      List<Chained> evidence = Chained.of(transitions, before);
      Row row = Row.of(after, evidence.getLast().head());
      CompletableFuture<?> durable = commits.write(batch(after, before, row, evidence));
      handedOver = true;
      settle(durable, new Written(after.id(), row, before == null), claim);
      await(durable);
      return new AppendResult.Appended(evidence.getLast().evidence());
    } finally {
      if (!handedOver) {
        claim.release();
      }
    }
  }

  private @Nullable Row head(SessionId id, byte[] key) {
    Row kept = heads.of(id);
    byte[] row = kept == null ? database.get(Family.SESSIONS, key) : null;
    return row == null ? kept : Row.head(row);
  }

  private record Written(SessionId id, Row row, boolean begun) {}

  /** However long it takes: the claim ends with the write, not with who waits for it. */
  private void settle(CompletableFuture<?> durable, Written written, Claims.Claim claim) {
    var _ =
        durable.whenComplete(
            (done, failure) -> {
              heads.settle(written.id, failure == null ? written.row : null);
              claim.release();
              if (failure == null) {
                watchers.changed(written.id);
              } else if (written.begun) {
                room.release();
              }
            });
  }

  private static Batch batch(Session after, @Nullable Row before, Row row, List<Chained> evidence) {
    Batch batch = new Batch();
    batch.put(Family.SESSIONS, Keys.session(after.id()), row.bytes(after));
    for (Chained record : evidence) {
      batch.put(
          Family.EVIDENCE,
          Keys.evidence(after.id(), record.head().seq()),
          record.canonical().getBytes(StandardCharsets.UTF_8));
    }
    if (before == null) {
      Indices.all(after, row, batch::put);
      batch.count(1);
      return batch;
    }
    Indices.moving(batch, after.id(), before, row);
    if (after.terminal()) {
      Indices.standing(after, batch::put);
      batch.delete(Family.FLOWS, Keys.flow(after.facts().flow()));
    }
    return batch;
  }

  /** What keeps {@code begun} from beginning, or null; then its room is taken. */
  private @Nullable AppendResult obstacle(Session begun, Claims.Claim claim) {
    byte[] idempotency = Indices.idempotency(begun.facts());
    byte[] flow = Keys.flow(begun.facts().flow());
    claim.take(Family.FLOWS, flow);
    if (idempotency != null) {
      claim.take(Family.IDEMPOTENCY, idempotency);
      Session same = owner(Family.IDEMPOTENCY, idempotency);
      if (same != null) {
        return new AppendResult.KeyInUse(same);
      }
    }
    Session owner = owner(Family.FLOWS, flow);
    if (owner != null) {
      return new AppendResult.FlowInUse(owner);
    }
    return room.tryAcquire() ? null : new AppendResult.Full();
  }

  private @Nullable Session owner(Family family, byte[] key) {
    byte[] id = database.get(family, key);
    byte[] row = id == null ? null : database.get(Family.SESSIONS, id);
    if (id != null && row == null && database.get(family, key) != null) {
      throw new StoreUnavailable("an index names a session that is not there" + Advice.CHECK);
    }
    return row == null ? null : Row.session(row);
  }

  private static void await(CompletableFuture<?> durable) {
    try {
      durable.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StoreUnavailable unavailable
          ? unavailable
          : new StoreUnavailable("a write to the store failed", e);
    } catch (TimeoutException e) {
      throw new StoreUnavailable("the disk does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while the store writes", e);
    }
  }

  @Override
  public Optional<Session> find(SessionId id) {
    Heads.Glance before = heads.glance(id);
    byte[] row = database.get(Family.SESSIONS, Keys.session(id));
    if (row == null) {
      return Optional.empty();
    }
    Row.Parts parts = Row.parts(row);
    heads.read(before, parts.head());
    return Optional.of(parts.session());
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    return Optional.ofNullable(owner(Family.IDEMPOTENCY, Keys.idempotency(consumer, key)));
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more");
    }
    return lists.list(query, limit, token);
  }

  @Override
  public List<String> evidence(SessionId id, long fromSeq, int limit) {
    if (fromSeq < 1 || limit < 1) {
      throw new IllegalArgumentException("fromSeq and limit must be 1 or more");
    }
    List<String> records = new ArrayList<>();
    database.scan(
        Family.EVIDENCE,
        Keys.evidence(id, fromSeq),
        Keys.evidence(id, Long.MAX_VALUE),
        (key, value) -> {
          records.add(new String(value, StandardCharsets.UTF_8));
          return records.size() < limit;
        });
    return List.copyOf(records);
  }

  @Override
  public Optional<Session> awaitChange(SessionId id, long version, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      try (Watchers.Watch watch = watchers.watch(id)) {
        byte[] row = database.get(Family.SESSIONS, Keys.session(id));
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (row == null
            || Row.head(row).version() != version
            || !left.isPositive()
            || !watch.await(left)) {
          return find(id);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return find(id);
      }
    }
  }

  @Override
  public int compact(Instant now) {
    compacting.lock();
    try {
      Batch evidence = forgetting.evidence(now);
      if (!evidence.isEmpty()) {
        await(commits.write(evidence));
      }
      Batch rows = forgetting.rows(now);
      int forgotten = -rows.sessions();
      if (!rows.isEmpty()) {
        await(commits.write(rows));
        heads.clear();
        room.release(forgotten);
      }
      return forgotten;
    } finally {
      compacting.unlock();
    }
  }

  /** Why nothing is written any more; empty while all is well. */
  public Optional<StoreUnavailable> failure() {
    return Optional.ofNullable(commits.failure());
  }

  /** Ends the write under way; what waits for another is refused. */
  @Override
  public void close() {
    commits.close();
    database.close();
    acknowledged.close();
  }
}
