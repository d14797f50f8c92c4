package io.aipaging.aipf.world;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store whose appends are points of {@link Faults}, named after their evidence. */
record FaultyStore(LeaseStore store, Faults faults) implements LeaseStore {
  @Override
  public AppendResult append(Transition transition) {
    String point = "store." + transition.evidence().type();
    faults.strike(point);
    AppendResult result = store.append(transition);
    faults.answering(point);
    return result;
  }

  @Override
  public AppendResult append(Transition first, Transition then) {
    String point = "store." + first.evidence().type() + "+" + then.evidence().type();
    faults.strike(point);
    AppendResult result = store.append(first, then);
    faults.answering(point);
    return result;
  }

  @Override
  public Optional<Session> find(SessionId id) {
    faults.strike("store.find");
    return store.find(id);
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    return store.findByKey(consumer, key);
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    faults.strike("store.list");
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
