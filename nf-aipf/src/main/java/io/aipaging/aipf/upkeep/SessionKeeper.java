package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.LeaseClock;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.paging.PageProcedure;
import io.aipaging.aipf.relocation.RelocationProcedure;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.strand.Lane;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the sessions of the shards this process owns: renews leases at half-life, ends
 * drains, expires, takes over what was interrupted, and retries what could not be removed with
 * bounded backoff. Sessions that cannot be finished stay visible as ENDING. Endings and renewals
 * have places of their own, so that neither many expiries nor a dead anchor keeps other sessions'
 * leases from being renewed. Thread-safe.
 */
public final class SessionKeeper implements Leases.Watcher {
  /**
   * Endings at the same time: many expiries at one instant are no storm at the core, and a page
   * waits for a processor behind few of them.
   */
  static final int ENDINGS_MAX = 32;

  /**
   * Renewals, and moves taken on, at the same time; one may wait for its anchor for half a lease
   * term.
   */
  static final int RENEWALS_MAX = 8_192;

  /** Lease terms after which a wall clock that was stepped back is believed. */
  private static final int STEP_BELIEVED_TERMS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
  private final LeaseStore store;
  private final LeaseTerms terms;
  private final Surroundings surroundings;
  private final Alarm alarm;
  private final Lane endings;
  private final Lane renewals;
  private final Map<SessionId, Long> busy = new ConcurrentHashMap<>();
  private final Failures failures = new Failures();
  private final Adoption adoption;
  private volatile @Nullable Duties duties;

  /**
   * What the keeper does.
   *
   * @param renew renews
   * @param drains ends leases
   * @param ends ends sessions
   * @param pages finishes interrupted pages
   * @param relocation finishes or undoes interrupted moves
   */
  public record Procedures(
      RenewProcedure renew,
      DrainProcedure drains,
      EndProcedure ends,
      PageProcedure pages,
      RelocationProcedure relocation) {}

  /**
   * What the keeper lives in.
   *
   * @param ownership whose sessions it looks after
   * @param strands where it works
   * @param clock wall clock
   */
  public record Surroundings(Ownership ownership, Strands strands, LeaseClock clock) {}

  /** A keeper that does nothing until {@link #start}. */
  public SessionKeeper(
      LeaseStore store, LeaseTerms terms, Surroundings surroundings, Alarm.Factory alarms) {
    this.store = store;
    this.terms = terms;
    this.surroundings = surroundings;
    this.endings = new Lane(ENDINGS_MAX, surroundings.strands());
    this.renewals = new Lane(RENEWALS_MAX, surroundings.strands());
    this.adoption = new Adoption(store, surroundings, this::schedule);
    this.alarm = alarms.rings(this::wake);
  }

  /** Begins to look after every session of the owned shards. */
  public void start(Procedures these) {
    duties = new Duties(these, store);
    Ownership ownership = surroundings.ownership();
    ownership.listen(
        new Ownership.Listener() {
          @Override
          public void gained(Set<Shard> shards) {
            adoption.aside(shards);
          }

          @Override
          public void runnerGone() {
            adoption.aside(ownership.owned());
          }
        });
    adopt(ownership.owned());
  }

  /** Looks at every unfinished session of {@code shards}. */
  public void adopt(Set<Shard> shards) {
    adoption.now(shards);
  }

  /**
   * Looks at every session again when the wall clock was stepped: alarms run by the steady one. To
   * be called about once a second.
   */
  public void keepTime() {
    LeaseClock clock = surroundings.clock();
    if (clock.stepped(terms.skewBound(), terms.leaseTerm().multipliedBy(STEP_BELIEVED_TERMS))) {
      LOG.atWarn().addKeyValue("aheadMs", clock.gap().toMillis()).log("wall clock was stepped");
      adoption.aside(surroundings.ownership().owned());
    }
  }

  /** Looks at every session soon: others moved some, and nobody can say which. */
  public void adoptAgain() {
    adoption.aside(surroundings.ownership().owned());
  }

  @Override
  public void moved(Transition transition) {
    Session after = transition.after();
    Long looked =
        busy.computeIfPresent(after.id(), (same, newest) -> Math.max(newest, after.version()));
    if (looked == null) {
      schedule(after);
    } // else by whoever looks after it now, when that is done
  }

  @Override
  public void uncertain(SessionId session) {
    alarm.set(session, Task.Kind.FINISH_ENDING, Failures.BACKOFF);
  }

  /** Looks at a session that another process moved. */
  public void look(SessionId id) {
    store.find(id).ifPresent(this::schedule);
  }

  private void schedule(Session session) {
    List<Task> tasks = tasks(session);
    if (tasks.isEmpty() || !surroundings.ownership().owns(session)) {
      alarm.cancel(session.id());
      failures.forget(session.id());
      return;
    }
    Instant now = surroundings.clock().latest();
    Task.Kind kind = null;
    Duration soonest = Duration.ofDays(1);
    for (Task task : tasks) {
      Duration wait =
          task.due(now)
              ? failures.backoff(session.id(), task.kind())
              : Duration.between(now, task.at());
      if (kind == null || wait.compareTo(soonest) < 0) {
        kind = task.kind();
        soonest = wait;
      }
    }
    alarm.set(session.id(), Objects.requireNonNull(kind), soonest);
  }

  private List<Task> tasks(Session session) {
    return Task.of(session, terms, surroundings.ownership()::alive);
  }

  private Lane lane(Task.Kind kind) {
    return switch (kind) {
      case RENEW_LEASE, RESUME_MOVE -> renewals; // leases depend on it
      default -> endings;
    };
  }

  private void wake(SessionId id, Task.Kind kind) {
    lane(kind).add(() -> lookAfter(id, kind, true));
  }

  private void lookAfter(SessionId id, Task.Kind kind, boolean first) {
    if (busy.putIfAbsent(id, 0L) != null) {
      alarm.set(id, kind, Failures.BACKOFF);
      return;
    }
    Attempt attempt = Attempt.UNKNOWN;
    long newest = 0;
    try {
      attempt =
          store
              .find(id)
              .filter(surroundings.ownership()::owns)
              .map(session -> attempt(session, lane(kind)))
              .orElse(Attempt.UNKNOWN);
    } catch (RuntimeException e) {
      failed(id, kind, e);
    } finally {
      newest = Objects.requireNonNullElse(busy.remove(id), newest);
    }
    Task.Kind other = attempt.elsewhere();
    Session moved = attempt.moved();
    if (first && other != null) {
      lane(other).add(() -> lookAfter(id, other, false));
    } else if (moved != null && moved.version() >= newest) {
      schedule(moved); // nobody else has moved it since
    } else {
      again(id, kind);
    }
  }

  private void again(SessionId id, Task.Kind kind) {
    try {
      look(id);
    } catch (RuntimeException e) {
      failed(id, kind, e);
      alarm.set(
          id,
          kind,
          failures.backoff(id, kind)); // the store cannot be asked now: the row decides later
    }
  }

  /** Does what is due in this lane until something moves the session. */
  private Attempt attempt(Session session, Lane here) {
    Instant now = surroundings.clock().latest();
    Task.Kind elsewhere = null;
    boolean tried = false;
    for (Task task : tasks(session)) {
      if (!task.due(now)) {
        continue;
      }
      if (lane(task.kind()) != here) {
        elsewhere = elsewhere == null ? task.kind() : elsewhere;
        continue;
      }
      Optional<Session> after;
      try {
        after = Objects.requireNonNull(duties, "not started").carryOut(task.kind(), session);
      } catch (NotAppended e) {
        after = e.stale() ? Optional.empty() : Optional.of(session);
      }
      if (after.filter(s -> s.version() == session.version()).isEmpty()) {
        failures.forget(session.id());
        return new Attempt(null, after.orElse(null));
      }
      tried = true;
    }
    if (tried) {
      failures.add(session.id());
    }
    return new Attempt(elsewhere, null);
  }

  private void failed(SessionId id, Task.Kind kind, RuntimeException e) {
    failures.add(id);
    LOG.atWarn()
        .addKeyValue("sessionId", id)
        .addKeyValue("task", kind)
        .setCause(e)
        .log("session upkeep failed");
  }

  /** Whether no session is being looked after right now. */
  public boolean idle() {
    return endings.idle() && renewals.idle();
  }
}
