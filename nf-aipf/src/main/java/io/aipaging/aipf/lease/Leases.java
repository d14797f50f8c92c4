package io.aipaging.aipf.lease;

import io.aipaging.aipf.lease.LeaseRules.Beginning;
import io.aipaging.aipf.lease.SessionState.Errand;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves sessions: asks the machine, appends, tells who watches. The clock is read here and handed
 * to the rules. Thread-safe.
 */
public final class Leases {
  static final String STALE = "STALE_SESSION";
  private final LeaseRules rules;
  private final LeaseStore store;
  private final LeaseClock clock;
  private final Watcher watcher;
  private final String runner;

  /**
   * Moves the sessions of {@code store}.
   *
   * @param rules what may happen
   * @param clock wall clock
   * @param surroundings who moves them, and who is told
   */
  public Leases(LeaseRules rules, LeaseStore store, LeaseClock clock, Surroundings surroundings) {
    this.rules = rules;
    this.store = store;
    this.clock = clock;
    this.watcher = surroundings.watcher();
    this.runner = surroundings.runner();
  }

  /**
   * Who moves sessions, and who is told.
   *
   * @param runner this run of this process, see {@link Ownership#runner}
   * @param watcher told by the thread that moves them
   */
  public record Surroundings(String runner, Watcher watcher) {}

  /** Told of what happens to sessions; must return soon. */
  public interface Watcher {
    /** A transition is durable. */
    void moved(Transition transition);

    /** The store failed: nobody knows whether this session was moved. */
    void uncertain(SessionId session);
  }

  /**
   * A durable move.
   *
   * @param session the session now
   * @param effects what the network has to do for it
   */
  public record Moved(Session session, List<Effect> effects) {}

  /**
   * A session's beginning.
   *
   * @param session the session as it is if {@code result} says appended
   * @param result what the store did
   */
  public record Begun(Session session, AppendResult result) {}

  /** Begins a session; makes room by forgetting old ones when there is none. */
  public Begun begin(SessionFacts facts, Instant expiresAt, Instant deadline) {
    Transition transition =
        rules.begin(facts, new Beginning(expiresAt, deadline, runner), clock.instant());
    AppendResult result = append(transition);
    if (result instanceof AppendResult.Full && store.compact(clock.instant()) > 0) {
      result = append(transition);
    }
    return new Begun(transition.after(), result);
  }

  /** Moves {@code session}, durably with its evidence, or not at all. */
  public Moved append(Session session, SessionEvent event) throws NotAppended {
    Transition transition = decide(session, event);
    require(append(transition));
    return new Moved(transition.after(), transition.effects());
  }

  /**
   * What {@code event} would make of {@code session} now. Nothing is written.
   *
   * @throws NotAppended when the rules refuse it
   */
  public Transition decide(Session session, SessionEvent event) throws NotAppended {
    return switch (rules.decide(session, event, clock.latest())) {
      case Decision.Illegal(String cause) -> throw new NotAppended(cause, session);
      case Decision.Legal(Transition transition) -> transition;
    };
  }

  /** Makes two moves of a session as {@link LeaseStore#append(Transition, Transition)} does. */
  public Session append(Transition first, Transition then) throws NotAppended {
    require(watched(then, () -> store.append(first, then)));
    watcher.moved(first);
    watcher.moved(then);
    return then.after();
  }

  private static void require(AppendResult result) throws NotAppended {
    switch (result) {
      case AppendResult.Appended _ -> {
        // durable
      }
      case AppendResult.Stale(Session current) -> throw new NotAppended(STALE, current);
      default -> throw new IllegalStateException("only a beginning can meet another session");
    }
  }

  private AppendResult append(Transition transition) {
    AppendResult result = watched(transition, () -> store.append(transition));
    if (result instanceof AppendResult.Appended) {
      watcher.moved(transition);
    }
    return result;
  }

  private AppendResult watched(Transition transition, Supplier<AppendResult> append) {
    try {
      return append.get();
    } catch (StoreUnavailable e) {
      watcher.uncertain(transition.after().id());
      throw e;
    }
  }

  /** The session; empty when it never was or is compacted. */
  public Optional<Session> find(SessionId id) {
    return store.find(id);
  }

  /** The session a consumer paged with {@code key}. */
  public Optional<Session> findByKey(String consumer, String key) {
    return store.findByKey(consumer, key);
  }

  /** The session whose QoS binding has that reference. */
  public Optional<Session> findByBinding(String bindingRef) {
    return SessionFacts.ofBinding(bindingRef)
        .flatMap(store::find)
        .filter(session -> session.facts().bindingRef().equals(bindingRef));
  }

  /** As {@link LeaseStore#list}. */
  public SessionPage list(SessionQuery query, int limit, @Nullable String token) {
    return store.list(query, limit, token);
  }

  /** As {@link LeaseStore#awaitChange}. */
  public Optional<Session> awaitChange(Session session, Duration atMost) {
    return store.awaitChange(session.id(), session.version(), atMost);
  }

  /** As {@link LeaseRules#owed(Session, Instant)}. */
  public List<Effect> owed(Session session) {
    return rules.owed(session, clock.certain());
  }

  /** What a lease that ended in a living session still owes the network. */
  public List<Effect> owed(Lease.Ended lease) {
    return rules.owed(lease, clock.certain());
  }

  /** This run of this process. */
  public String runner() {
    return runner;
  }

  /**
   * Why and by whom a session is moved that this process begins to move now.
   *
   * @param awaitsCore as {@link Errand#awaitsCore}
   */
  public Errand errand(String trigger, Instant deadline, boolean awaitsCore) {
    return new Errand(trigger, runner, deadline, awaitsCore);
  }

  /** As {@link LeaseRules#over}, also if the wall clock was stepped ahead. */
  public boolean over(Session session) {
    return rules.over(session, clock.certain());
  }

  /** What time it is for leases. */
  public Instant now() {
    return clock.instant();
  }
}
