package io.aipaging.aexf.admission;

import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Fences;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionFence;
import io.aipaging.protocol.SessionFence.LeaseFence;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The fences of this agent and their journal (lease-protocol §3). Not thread-safe.
 *
 * <p>A lease the journal knows as admitted, but this process has never admitted, was live when an
 * earlier process ended: only such a lease may come back without a hold, and only once. One that
 * this process has admitted and lost is over.
 */
final class FenceKeeper {
  /** Lines beyond twice the sessions remembered before the journal is rewritten. */
  private static final int SLACK_LINES = 1_000;

  /**
   * How long after a start what was found in the journal is kept although it looks expired:
   * renewals are not in it, so a lease may live longer than it says. Of a longer lease it says
   * enough.
   */
  static final Duration RETURN_WITHIN = Duration.ofMinutes(10);

  private final Fences fences = new Fences();
  private final FenceJournal journal;
  private final Duration skewBound;
  private final Instant keptUntil;
  private final Map<LeaseId, Instant> admittedHere = new HashMap<>();
  private final Map<SessionId, SessionFence> unheardOf = new HashMap<>();

  FenceKeeper(FenceJournal journal, Duration skewBound, Instant now) {
    this.journal = journal;
    this.skewBound = skewBound;
    this.keptUntil = now.plus(RETURN_WITHIN);
    journal.recovered().forEach(fences::load);
    fences.sessions().forEach(session -> unheardOf.put(session, fences.of(session)));
  }

  SessionFence.Decision decide(Commit commit, String commitSha256) {
    return fences.of(commit.session()).decide(commit, commitSha256);
  }

  /** Whether the lease was live when an earlier process ended and nothing was heard of it since. */
  boolean mayReturn(Commit commit) {
    SessionFence fence = fences.of(commit.session());
    LeaseFence last = fence.leases().get(commit.lease());
    return last != null
        && last.role() != CommitRole.END
        && last.gen() > fence.endedGen()
        && !admittedHere.containsKey(commit.lease());
  }

  /**
   * Remembers a grant.
   *
   * @param decision {@code Accepted} or {@code Identical}
   * @param durable whether it changes where traffic may go; a mere renewal need not survive
   */
  void granted(Commit commit, SessionFence.Decision decision, boolean durable) {
    SessionFence next = next(commit, decision);
    if (durable) {
      journal.append(Fences.line(commit.session(), next));
    }
    set(commit.session(), next);
    admittedHere.put(commit.lease(), next.retainUntil());
  }

  /** Remembers an end, in memory at once and on the disk before this returns. */
  void ended(Commit commit, SessionFence.Decision decision) {
    SessionFence next = next(commit, decision);
    set(commit.session(), next);
    journal.append(Fences.line(commit.session(), next));
  }

  private void set(SessionId session, SessionFence fence) {
    fences.set(session, fence);
    unheardOf.remove(session);
  }

  private SessionFence next(Commit commit, SessionFence.Decision decision) {
    return decision instanceof SessionFence.Decision.Accepted(SessionFence next)
        ? next
        : fences.of(commit.session());
  }

  /** Leaves out of the journal what refuses only expired COMMITs. */
  void tidy(Instant now) {
    if (journal.lines() > 2 * fences.size() + SLACK_LINES) {
      Instant before = now.minus(skewBound);
      fences.prune(now, skewBound);
      if (now.isBefore(keptUntil)) {
        unheardOf.forEach(fences::set);
      } else {
        unheardOf.clear();
      }
      admittedHere.values().removeIf(retainUntil -> retainUntil.isBefore(before));
      journal.rewrite(fences.lines());
    }
  }
}
