package io.aipaging.simulation.bugs;

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

/** A store in front of another; as it is, it passes everything on. */
class Stores implements LeaseStore {
  final LeaseStore real;

  Stores(LeaseStore real) {
    this.real = real;
  }

  @Override
  public AppendResult append(Transition transition) {
    return real.append(transition);
  }

  @Override
  public Optional<Session> find(SessionId id) {
    return real.find(id);
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    return real.findByKey(consumer, key);
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    return real.list(query, limit, token);
  }

  @Override
  public List<String> evidence(SessionId id, long fromSeq, int limit) {
    return real.evidence(id, fromSeq, limit);
  }

  @Override
  public Optional<Session> awaitChange(SessionId id, long version, Duration atMost) {
    return real.awaitChange(id, version, atMost);
  }

  @Override
  public int compact(Instant now) {
    return real.compact(now);
  }
}
