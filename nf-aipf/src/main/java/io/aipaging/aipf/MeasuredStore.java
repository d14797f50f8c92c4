package io.aipaging.aipf;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.SessionId;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose appends are measured: an answer is durable, so this is the disk or the database.
 */
final class MeasuredStore implements LeaseStore {
  private final LeaseStore store;
  private final Timer answered;
  private final Timer failed;

  MeasuredStore(LeaseStore store, Metrics metrics) {
    this.store = store;
    this.answered = metrics.timer("aipf.store.append", "outcome", "ANSWERED");
    this.failed = metrics.timer("aipf.store.append", "outcome", "FAILED");
  }

  @Override
  public AppendResult append(Transition transition) {
    return measured(() -> store.append(transition));
  }

  @Override
  public AppendResult append(Transition first, Transition then) {
    return measured(() -> store.append(first, then));
  }

  private AppendResult measured(Supplier<AppendResult> append) {
    long begun = System.nanoTime();
    Timer timer = failed;
    try {
      AppendResult result = append.get();
      timer = answered;
      return result;
    } finally {
      timer.record(Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return store.find(id);
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    return store.findByKey(consumer, key);
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    return store.list(query, limit, token);
  }

  @Override
  public List<String> evidence(SessionId id, long fromSeq, int limit) {
    return store.evidence(id, fromSeq, limit);
  }

  @Override
  public Optional<Session> awaitChange(SessionId id, long version, Duration atMost) {
    return store.awaitChange(id, version, atMost);
  }

  @Override
  public int compact(Instant now) {
    return store.compact(now);
  }
}
