package io.aipaging.aipf.lease;

import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves sessions: asks the machine, appends, tells who watches. The clock is read here and handed
 * to the machine. Thread-safe.
 */
public final class Leases {
  static final String STALE = "STALE_SESSION";
  private final LeaseMachine machine;
  private final LeaseStore store;
  private final InstantSource clock;
  private final Consumer<Transition> watcher;

  /**
   * Moves the sessions of {@code store}.
   *
   * @param watcher told of every durable transition by the thread that made it; must return soon
   */
  public Leases(
      LeaseMachine machine, LeaseStore store, InstantSource clock, Consumer<Transition> watcher) {
    this.machine = machine;
    this.store = store;
    this.clock = clock;
    this.watcher = watcher;
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
    Transition transition = machine.begin(facts, expiresAt, deadline, clock.instant());
    AppendResult result = store.append(transition);
    if (result instanceof AppendResult.Full && store.compact(clock.instant()) > 0) {
      result = store.append(transition);
    }
    if (result instanceof AppendResult.Appended) {
      watcher.accept(transition);
    }
    return new Begun(transition.after(), result);
  }

  /** Moves {@code session}, durably with its evidence, or not at all. */
  public Moved append(Session session, SessionEvent event) throws NotAppended {
    switch (machine.decide(session, event, clock.instant())) {
      case Decision.Illegal(String cause) -> throw new NotAppended(cause, session);
      case Decision.Legal(Transition transition) -> {
        switch (store.append(transition)) {
          case AppendResult.Appended _ -> {
            watcher.accept(transition);
            return new Moved(transition.after(), transition.effects());
          }
          case AppendResult.Stale(Session current) -> throw new NotAppended(STALE, current);
          default -> throw new IllegalStateException("only a beginning can meet another session");
        }
      }
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

  /** As {@link LeaseStore#awaitChange}. */
  public Optional<Session> awaitChange(Session session, Duration atMost) {
    return store.awaitChange(session.id(), session.version(), atMost);
  }

  /** What an ENDING session still owes the network. */
  public List<Effect> owed(Session session) {
    return machine.owed(session);
  }

  /** What a lease that ended in a living session still owes the network. */
  public List<Effect> owed(Lease.Ended lease) {
    return machine.owed(lease);
  }

  /** What time it is for leases. */
  public Instant now() {
    return clock.instant();
  }
}
