package io.aipaging.simulation.observer;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.engine.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that ever became durable, written down at the instant it did. */
public final class Ledger {
  private final Timeline timeline;
  private final Verdict verdict;
  private final Map<SessionId, Session> rows = new LinkedHashMap<>();
  private final Map<String, Commit> commits = new HashMap<>();
  private final Map<Flow, List<Commit>> grants = new HashMap<>();
  private final Map<LeaseId, Instant> servedUntil = new HashMap<>();
  private final Map<LeaseId, Instant> lastUntil = new HashMap<>();
  private final Set<Commit> late = new HashSet<>();
  private final Map<Key, SessionId> keys = new HashMap<>();
  private long transitions;

  /** Nothing is durable. */
  public Ledger(Timeline timeline, Verdict verdict) {
    this.timeline = timeline;
    this.verdict = verdict;
  }

  private record Key(String consumer, String key) {}

  /** A transition is durable. */
  public void durable(Transition transition) {
    transitions++;
    Session after = transition.after();
    Session before = rows.put(after.id(), after);
    long version = before == null ? 0 : before.version();
    if (after.version() != version + 1) {
      verdict.violated("5 durable", "version " + after.version() + " follows " + version);
    }
    if (before != null && after.gen() < before.gen()) {
      verdict.violated("5 durable", "generation " + after.gen() + " follows " + before.gen());
    }
    if (before == null) {
      begun(after);
    }
    if (after.state().live().size() > 2) {
      verdict.violated("4 at most one", "three live leases in " + after.id());
    }
    commitsOf(after).forEach(this::signed);
  }

  private void begun(Session session) {
    SessionFacts.Origin origin = session.facts().origin();
    if (origin.idempotencyKey() != null) {
      SessionId other = keys.put(new Key(origin.consumer(), origin.idempotencyKey()), session.id());
      if (other != null) {
        verdict.violated("idempotency", "two sessions of one key: " + other + ", " + session.id());
      }
    }
    for (Session other : rows.values()) {
      if (!other.id().equals(session.id())
          && !other.terminal()
          && other.facts().flow().equals(session.facts().flow())) {
        verdict.violated("flow", "two live sessions of one flow: " + other.id());
      }
    }
  }

  private static List<SignedCommit> commitsOf(Session session) {
    List<SignedCommit> signed = new ArrayList<>();
    SessionState state = session.state();
    for (Lease.Live lease : state.live()) {
      signed.add(lease.commit());
    }
    for (Lease.Ended lease : state.removing()) {
      add(signed, lease.end());
    }
    if (state instanceof SessionState.Ending ending) {
      add(signed, ending.end());
    }
    return signed;
  }

  private static void add(List<SignedCommit> signed, @Nullable SignedCommit end) {
    if (end != null) {
      signed.add(end);
    }
  }

  private void signed(SignedCommit signed) {
    Commit commit = signed.commit();
    if (commits.putIfAbsent(signed.jws(), commit) != null || commit.role() == CommitRole.END) {
      return;
    }
    grants.computeIfAbsent(commit.flow(), _ -> new ArrayList<>()).add(commit);
    Instant before = lastUntil.get(commit.lease());
    if (before != null && timeline.instant().isAfter(before)) {
      late.add(commit);
    }
    lastUntil.merge(commit.lease(), commit.expiresAt(), Ledger::later);
    Instant served = servedUntil.get(commit.lease());
    if (commit.role() == CommitRole.SERVE) {
      servedUntil.merge(commit.lease(), commit.expiresAt(), Ledger::later);
    } else if (served != null && commit.expiresAt().isAfter(served)) {
      verdict.violated("1 lease-gated", "a drain is longer than the lease it drains");
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Whether a COMMIT became durable only after its lease was over. */
  boolean cameLate(Commit commit) {
    return !late.isEmpty() && late.contains(commit);
  }

  /** Counts what became durable. */
  public long transitions() {
    return transitions;
  }

  /** Every session ever, as it is now. */
  public Collection<Session> rows() {
    return rows.values();
  }

  /** A session as it is now, or null. */
  public @Nullable Session row(SessionId id) {
    return rows.get(id);
  }

  /** The COMMIT that was signed so, if it is durable. */
  public @Nullable Commit commit(String jws) {
    return commits.get(jws);
  }

  /** Durable COMMITs that grant {@code flow} something. */
  List<Commit> grantsOf(Flow flow) {
    return grants.getOrDefault(flow, List.of());
  }
}
