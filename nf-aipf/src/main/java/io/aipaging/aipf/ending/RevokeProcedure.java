package io.aipaging.aipf.ending;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionPage;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.SessionState.Ending;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes sessions away (lease-protocol §5, Release, revoke): those of a query, so many at a time,
 * until there are no more or no time is left. Asking again goes on.
 */
public final class RevokeProcedure {
  private static final int READ_AT_ONCE = 256;

  /** One part in so many of the time is left for the answer's way back. */
  private static final int FOR_THE_ANSWER = 10;

  private final Leases leases;
  private final EndProcedure ends;
  private final Strands strands;
  private final int atOnceMax;

  /**
   * A procedure over these.
   *
   * @param atOnceMax sessions ended at the same time, 1 or more
   */
  public RevokeProcedure(Leases leases, EndProcedure ends, Strands strands, int atOnceMax) {
    this.leases = leases;
    this.ends = ends;
    this.strands = strands;
    this.atOnceMax = atOnceMax;
  }

  /**
   * How far it came.
   *
   * @param matched sessions it was about and found alive
   * @param ended of those, over
   * @param ending of those, ENDING: the session keeper goes on with them
   * @param complete whether it came to every session there was; otherwise asking again goes on
   */
  public record Progress(int matched, int ended, int ending, boolean complete) {}

  /**
   * Takes away the sessions of {@code query} and no other: one that no longer is among them when
   * its turn comes stays. Those that begin meanwhile may be met or not.
   *
   * @param deadline when the answer has to be there
   */
  public Progress revoke(SessionQuery query, EndCause cause, Instant deadline) {
    Tally tally = new Tally(cause, deadline);
    SessionQuery living = query.unfinishedIn(Shard.all());
    String token = null;
    do {
      SessionPage page = leases.list(living, READ_AT_ONCE, token);
      for (Session session : page.sessions()) {
        if (!tally.hasPlace()) {
          return tally.progress(false);
        }
        tally.begin(session.id(), query::matches);
      }
      token = page.nextToken();
    } while (token != null);
    return tally.progress(true);
  }

  /** Takes one session away, if it is there. */
  public Progress revoke(SessionId id, EndCause cause, Instant deadline) {
    Tally tally = new Tally(cause, deadline);
    if (leases.find(id).filter(session -> !session.terminal()).isPresent()) {
      tally.begin(id, session -> true);
    }
    return tally.progress(true);
  }

  private record Begun(SessionId id, Strand<Optional<Session>> work) {}

  /** Sessions being ended, the oldest first, and what became of those before them. */
  private final class Tally {
    private final EndCause cause;
    private final Instant deadline;
    private final Deque<Begun> running = new ArrayDeque<>();
    private int ended;
    private int ending;
    private boolean unknown;

    Tally(EndCause cause, Instant deadline) {
      this.cause = cause;
      Instant now = leases.now();
      this.deadline = deadline.minus(Duration.between(now, deadline).dividedBy(FOR_THE_ANSWER));
    }

    boolean hasPlace() {
      while (running.size() >= atOnceMax && left().isPositive()) {
        count(running.removeFirst());
      }
      return running.size() < atOnceMax && left().isPositive();
    }

    void begin(SessionId id, Predicate<Session> wanted) {
      running.add(new Begun(id, strands.start(() -> ends.endIf(id, cause, wanted))));
    }

    Progress progress(boolean all) {
      while (!running.isEmpty()) {
        count(running.removeFirst());
      }
      return new Progress(ended + ending, ended, ending, all && !unknown);
    }

    private void count(Begun begun) {
      Optional<Session> now = outcome(begun);
      if (now.isEmpty() || now.get().terminal()) {
        ended++;
      } else if (now.get().state() instanceof Ending) {
        ending++;
      }
    }

    /** What is not over in time goes on without us: its row says how far it is. */
    private Optional<Session> outcome(Begun begun) {
      try {
        return begun.work().peek(left());
      } catch (Refusal e) {
        Optional<Session> now = leases.find(begun.id());
        unknown |= now.filter(s -> !s.terminal() && !(s.state() instanceof Ending)).isPresent();
        return now;
      }
    }

    private Duration left() {
      Duration left = Duration.between(leases.now(), deadline);
      return left.isNegative() ? Duration.ZERO : left;
    }
  }
}
