package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.EvidenceRecord;
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
 * Nothing of a session is kept in memory.
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
    Session after = transition.after();
    byte[] key = Keys.session(after.id());
    Claims.Claim claim = claims.none();
    boolean handedOver = false;
    try {
      claim.take(Family.SESSIONS, key);
      byte[] row = database.get(Family.SESSIONS, key);
      Row before = row == null ? null : Row.head(row);
      if ((before == null ? 0 : before.version()) != transition.expectedVersion()) {
        return new AppendResult.Stale(row == null ? null : Row.session(row));
      }
      if (before == null) {
        AppendResult obstacle = obstacle(after, claim);
        if (obstacle != null) {
          return obstacle;
        }
      }
      EvidenceRecord evidence =
          transition.evidence().after(before == null ? EvidenceHead.START : before.evidence());
      CompletableFuture<?> durable = commits.write(batch(after, before, evidence));
      handedOver = true;
      settle(durable, after.id(), before == null, claim);
      await(durable);
      return new AppendResult.Appended(evidence);
    } finally {
      if (!handedOver) {
        claim.release();
      }
    }
  }

  /** However long it takes: the claim ends with the write, not with who waits for it. */
  private void settle(
      CompletableFuture<?> durable, SessionId id, boolean begun, Claims.Claim claim) {
    var _ =
        durable.whenComplete(
            (done, failure) -> {
              claim.release();
              if (failure == null) {
                watchers.changed(id);
              } else if (begun) {
                room.release();
              }
            });
  }

  private static Batch batch(Session after, @Nullable Row before, EvidenceRecord evidence) {
    String canonical = evidence.canonical();
    Row row = Row.of(after, new EvidenceHead(evidence.seq(), Crypto.sha256Hex(canonical)));
    Batch batch = new Batch();
    batch.put(Family.SESSIONS, Keys.session(after.id()), row.bytes(after));
    batch.put(
        Family.EVIDENCE,
        Keys.evidence(after.id(), evidence.seq()),
        canonical.getBytes(StandardCharsets.UTF_8));
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
    return Optional.ofNullable(database.get(Family.SESSIONS, Keys.session(id))).map(Row::session);
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
