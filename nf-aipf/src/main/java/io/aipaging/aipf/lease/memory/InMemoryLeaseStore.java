package io.aipaging.aipf.lease.memory;

import io.aipaging.aipf.lease.AppendResult;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions in memory behind one lock. An append changes its maps only after everything that
 * can fail has succeeded, so it is atomic; it is durable as long as the process lives.
 */
public final class InMemoryLeaseStore implements LeaseStore {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableMap<SessionId, Session> sessions = new TreeMap<>();
  private final Map<Flow, SessionId> flows = new HashMap<>();
  private final Map<Key, SessionId> keys = new HashMap<>();
  private final Map<UeAddress, NavigableSet<SessionId>> byUe = new HashMap<>();
  private final NavigableSet<Terminated> terminated = new TreeSet<>();
  private final EvidenceLog log;
  private final int sessionsMax;

  /**
   * An empty store.
   *
   * @param sessionsMax most sessions kept, terminal ones included
   * @param evidenceRetention how long evidence outlives its session's row
   */
  public InMemoryLeaseStore(int sessionsMax, Duration evidenceRetention) {
    this.sessionsMax = sessionsMax;
    this.log = new EvidenceLog(evidenceRetention);
  }

  private record Key(String consumer, String key) {}

  private record Terminated(Instant at, SessionId id) implements Comparable<Terminated> {
    @Override
    public int compareTo(Terminated other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? id.compareTo(other.id) : byTime;
    }
  }

  @Override
  public AppendResult append(Transition transition) {
    lock.lock();
    try {
      Session after = transition.after();
      Session current = sessions.get(after.id());
      long version = current == null ? 0 : current.version();
      if (version != transition.expectedVersion()) {
        return new AppendResult.Stale(current);
      }
      if (current == null) {
        AppendResult obstacle = obstacle(after);
        if (obstacle != null) {
          return obstacle;
        }
      }
      EvidenceRecord evidence = transition.evidence().after(log.head(after.id()));
      log.add(after.id(), evidence.canonical());
      put(after);
      changed.signalAll();
      return new AppendResult.Appended(evidence);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable AppendResult obstacle(Session begun) {
    SessionFacts.Origin origin = begun.facts().origin();
    if (origin.idempotencyKey() != null) {
      SessionId same = keys.get(new Key(origin.consumer(), origin.idempotencyKey()));
      if (same != null) {
        return new AppendResult.KeyInUse(existing(same));
      }
    }
    SessionId owner = flows.get(begun.facts().flow());
    if (owner != null) {
      return new AppendResult.FlowInUse(existing(owner));
    }
    return sessions.size() >= sessionsMax ? new AppendResult.Full() : null;
  }

  private Session existing(SessionId id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw new IllegalStateException("an index names a session that is not there");
    }
    return session;
  }

  private void put(Session session) {
    sessions.put(session.id(), session);
    SessionFacts facts = session.facts();
    byUe.computeIfAbsent(facts.subscriber().ue(), ue -> new TreeSet<>()).add(session.id());
    if (facts.origin().idempotencyKey() != null) {
      keys.put(new Key(facts.origin().consumer(), facts.origin().idempotencyKey()), session.id());
    }
    if (session.state() instanceof SessionState.Terminal terminal) {
      flows.remove(facts.flow(), session.id());
      terminated.add(new Terminated(terminal.endedAt(), session.id()));
    } else {
      flows.put(facts.flow(), session.id());
    }
  }

  @Override
  public Optional<Session> find(SessionId id) {
    lock.lock();
    try {
      return Optional.ofNullable(sessions.get(id));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Session> findByKey(String consumer, String key) {
    lock.lock();
    try {
      return Optional.ofNullable(keys.get(new Key(consumer, key))).map(this::existing);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more");
    }
    SessionId after = token == null ? null : PageToken.parse(token);
    lock.lock();
    try {
      List<Session> found =
          candidates(query.ue()).tailMap(after).values().stream()
              .filter(query::matches)
              .limit(limit + 1L)
              .toList();
      return found.size() <= limit
          ? new SessionPage(found, null)
          : new SessionPage(found.subList(0, limit), PageToken.of(found.get(limit - 1).id()));
    } finally {
      lock.unlock();
    }
  }

  private Candidates candidates(@Nullable UeAddress ue) {
    if (ue == null) {
      return new Candidates(sessions);
    }
    NavigableMap<SessionId, Session> ofUe = new TreeMap<>();
    byUe.getOrDefault(ue, new TreeSet<>()).forEach(id -> ofUe.put(id, existing(id)));
    return new Candidates(ofUe);
  }

  private record Candidates(NavigableMap<SessionId, Session> all) {
    NavigableMap<SessionId, Session> tailMap(@Nullable SessionId after) {
      return after == null ? all : all.tailMap(after, false);
    }
  }

  @Override
  public List<String> evidence(SessionId id, long fromSeq, int limit) {
    if (fromSeq < 1 || limit < 1) {
      throw new IllegalArgumentException("fromSeq and limit must be 1 or more");
    }
    lock.lock();
    try {
      return log.read(id, fromSeq, limit);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Session> awaitChange(SessionId id, long version, Duration atMost) {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (left > 0 && atVersion(id, version)) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(sessions.get(id));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.ofNullable(sessions.get(id));
    } finally {
      lock.unlock();
    }
  }

  private boolean atVersion(SessionId id, long version) {
    Session session = sessions.get(id);
    return session != null && session.version() == version;
  }

  @Override
  public int compact(Instant now) {
    lock.lock();
    try {
      int forgotten = 0;
      while (!terminated.isEmpty() && !terminated.first().at().plus(READABLE_MIN).isAfter(now)) {
        forget(existing(terminated.removeFirst().id()), now);
        forgotten++;
      }
      log.compact(now);
      return forgotten;
    } finally {
      lock.unlock();
    }
  }

  private void forget(Session session, Instant now) {
    SessionFacts facts = session.facts();
    sessions.remove(session.id());
    byUe.computeIfPresent(
        facts.subscriber().ue(),
        (ue, ids) -> {
          ids.remove(session.id());
          return ids.isEmpty() ? null : ids;
        });
    if (facts.origin().idempotencyKey() != null) {
      keys.remove(
          new Key(facts.origin().consumer(), facts.origin().idempotencyKey()), session.id());
    }
    log.closed(session.id(), now);
  }
}
