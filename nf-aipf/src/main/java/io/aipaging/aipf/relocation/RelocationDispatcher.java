package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.relocation.SessionMover.Attempt;
import io.aipaging.aipf.strand.Lane;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves the sessions that a trigger concerns, so many at a time (lease-protocol §5, Relocate).
 *
 * <p>For a condition of an anchor it looks after the owned shards and comes back as long as the
 * condition is raised. A single event concerns few sessions, in whatever shard; one that must not
 * move yet is tried again a few times. Thread-safe.
 */
public final class RelocationDispatcher implements RelocationTriggers {
  private static final int TRIES_MAX = 5;
  private final Leases leases;
  private final SessionMover mover;
  private final Strands strands;
  private final Bounds bounds;
  private final Observer observer;
  private final Lane lane;
  private final AnchorWalks walks;
  private final Map<SessionId, Trigger> waiting = new ConcurrentHashMap<>();

  /** A dispatcher in {@code surroundings}. */
  public RelocationDispatcher(
      Leases leases, SessionMover mover, Surroundings surroundings, Bounds bounds) {
    this.leases = leases;
    this.mover = mover;
    this.strands = surroundings.strands();
    this.bounds = bounds;
    this.observer = surroundings.observer();
    this.lane = new Lane(bounds.atOnceMax(), strands);
    this.walks = new AnchorWalks(leases, surroundings.ownership(), strands, new Walked());
  }

  /**
   * Bounds.
   *
   * @param atOnceMax moves at the same time, 1 or more
   * @param waitingMax sessions at most that wait for their turn, or until they may move, because of
   *     a single event; what comes on top is not moved
   */
  public record Bounds(int atOnceMax, int waitingMax) {
    public Bounds {
      if (atOnceMax < 1 || waitingMax < 1) {
        throw new IllegalArgumentException("at least one session must be able to move");
      }
    }
  }

  /** What the dispatcher lives in. */
  public record Surroundings(Ownership ownership, Strands strands, Observer observer) {}

  /** Told what becomes of triggers; must return soon. */
  public interface Observer {
    /** A move ended. */
    void ended(Trigger trigger, RelocationOutcome outcome);

    /** A session was not moved: too many wait. */
    void dropped(Trigger trigger);

    /** A session was not moved: something broke. */
    void failed(Trigger trigger, RuntimeException cause);
  }

  @Override
  public void raise(Trigger trigger) {
    switch (trigger) {
      case Trigger.OfAnchor condition -> walks.walk(condition);
      case Trigger.OperatorMove(SessionId id, var _) -> event(id, trigger);
      case Trigger.QosNotGuaranteed(String ref) ->
          leases.findByBinding(ref).ifPresent(session -> event(session.id(), trigger));
      case Trigger.UeMoved(UeAddress ue, var _) ->
          LiveSessions.of(ue, leases).forEach(session -> event(session.id(), trigger));
    }
  }

  @Override
  public RelocationOutcome move(Trigger.OperatorMove wanted, Instant deadline) {
    RelocationOutcome outcome = mover.move(wanted, deadline);
    observer.ended(wanted, outcome);
    return outcome;
  }

  /** Whether nothing is being moved and nothing waits. */
  public boolean idle() {
    return lane.idle() && walks.idle() && waiting.isEmpty();
  }

  /** The newest event of a session is the one that counts. */
  private void event(SessionId id, Trigger trigger) {
    if (waiting.size() >= bounds.waitingMax() && !waiting.containsKey(id)) {
      observer.dropped(trigger);
    } else if (waiting.put(id, trigger) == null) {
      lane.add(() -> attempt(id, 1));
    }
  }

  private void attempt(SessionId id, int number) {
    Trigger trigger = waiting.get(id);
    if (trigger == null) {
      return;
    }
    Attempt attempt = attempt(id, trigger);
    Instant again = attempt.again();
    int next = attempt.queued() ? number : number + 1; // who waits for its turn has not tried
    if (again != null && next <= TRIES_MAX) {
      var _ =
          strands.start(
              () -> {
                Duration wait = Duration.between(leases.now(), again);
                strands.pause(wait.isNegative() ? Duration.ZERO : wait);
                lane.add(() -> attempt(id, next));
                return id;
              });
    } else if (!waiting.remove(id, trigger)) {
      lane.add(() -> attempt(id, 1));
    }
  }

  private Attempt attempt(SessionId id, Trigger trigger) {
    try {
      Attempt attempt = mover.attempt(id, trigger);
      if (attempt.outcome() != null) {
        observer.ended(trigger, attempt.outcome());
      }
      return attempt;
    } catch (RuntimeException e) {
      observer.failed(trigger, e);
      return new Attempt(null, leases.now().plusSeconds(1));
    }
  }

  private final class Walked implements AnchorWalks.Moves {
    @Override
    public boolean wanted(Session session, Trigger trigger) {
      return mover.mayMove(session, trigger);
    }

    @Override
    public void add(SessionId id, Trigger trigger, Done done) {
      lane.add(() -> done.left(attempt(id, trigger).left()));
    }
  }
}
