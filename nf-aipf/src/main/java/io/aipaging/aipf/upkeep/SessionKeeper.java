package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.ending.DrainProcedure;
import io.aipaging.aipf.ending.EndProcedure;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after sessions: renews leases at half-life, ends drains, expires, and retries what could
 * not be removed with bounded backoff. Sessions that cannot be finished stay visible as ENDING.
 * Endings and renewals have places of their own, so that neither many expiries nor a dead anchor
 * keeps other sessions' leases from being renewed. Thread-safe.
 */
public final class SessionKeeper implements AutoCloseable {
  /** Endings at the same time: many expiries at one instant are no storm at the core. */
  static final int ENDINGS_MAX = 64;

  /** Renewals at the same time; one may wait for its anchor for half a lease term. */
  static final int RENEWALS_MAX = 8_192;

  static final Duration BACKOFF = Duration.ofMillis(200);
  static final Duration BACKOFF_MAX = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(SessionKeeper.class);
  private final LeaseStore store;
  private final LeaseTerms terms;
  private final InstantSource clock;
  private final Alarm alarm;
  private final Semaphore endings = new Semaphore(ENDINGS_MAX, true);
  private final Semaphore renewals = new Semaphore(RENEWALS_MAX, true);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("aipf-keeper-", 0).factory());
  private final AtomicInteger working = new AtomicInteger();
  private final Set<SessionId> busy = ConcurrentHashMap.newKeySet();
  private final Map<SessionId, Integer> failures = new ConcurrentHashMap<>();
  private volatile @Nullable Procedures procedures;

  /**
   * What the keeper does.
   *
   * @param renew renews
   * @param drains ends leases
   * @param ends ends sessions
   */
  public record Procedures(RenewProcedure renew, DrainProcedure drains, EndProcedure ends) {}

  /** A keeper that does nothing until {@link #start}. */
  public SessionKeeper(
      LeaseStore store, LeaseTerms terms, InstantSource clock, Alarm.Factory alarms) {
    this.store = store;
    this.terms = terms;
    this.clock = clock;
    this.alarm = alarms.wakes(this::wake);
  }

  /** Begins to look after every session of the store. */
  public void start(Procedures these) {
    procedures = these;
    String token = null;
    do {
      var page = store.list(SessionQuery.ALL, 1_000, token);
      page.sessions().forEach(this::schedule);
      token = page.nextToken();
    } while (token != null);
  }

  /** Told of every durable transition. */
  public void watch(Transition transition) {
    schedule(transition.after());
  }

  private void schedule(Session session) {
    List<Task> tasks = Task.of(session, terms);
    if (tasks.isEmpty()) {
      alarm.cancel(session.id());
      failures.remove(session.id());
      return;
    }
    Instant now = clock.instant();
    Duration retry = backoff(session.id());
    Duration soonest =
        tasks.stream()
            .map(task -> task.due(now) ? retry : Duration.between(now, task.at()))
            .min(Duration::compareTo)
            .orElseThrow();
    alarm.set(session.id(), soonest);
  }

  private Duration backoff(SessionId id) {
    int failed = failures.getOrDefault(id, 0);
    Duration wait = failed == 0 ? Duration.ZERO : BACKOFF.multipliedBy(1L << Math.min(failed, 16));
    return wait.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : wait;
  }

  private void wake(SessionId id) {
    if (threads.isShutdown()) {
      return;
    }
    working.incrementAndGet();
    threads.execute(
        () -> {
          try {
            lookAfter(id);
          } finally {
            working.decrementAndGet();
          }
        });
  }

  private void lookAfter(SessionId id) {
    if (!busy.add(id)) {
      alarm.set(id, BACKOFF);
      return;
    }
    try {
      store.find(id).ifPresent(this::attempt);
    } finally {
      busy.remove(id);
    }
    store.find(id).ifPresent(this::schedule);
  }

  /** Everything that is due until something moves the session; if nothing does, later again. */
  private void attempt(Session session) {
    Instant now = clock.instant();
    List<Task> due = Task.of(session, terms).stream().filter(task -> task.due(now)).toList();
    for (Task task : due) {
      if (moves(task.kind(), session)) {
        failures.remove(session.id());
        return;
      }
    }
    if (!due.isEmpty()) {
      failures.merge(session.id(), 1, Integer::sum);
    }
  }

  private boolean moves(Task.Kind kind, Session session) {
    Semaphore places = kind == Task.Kind.RENEW_LEASE ? renewals : endings;
    places.acquireUninterruptibly();
    try {
      carryOut(kind, session);
    } catch (NotAppended e) {
      return e.stale();
    } catch (RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("sessionId", session.id())
          .addKeyValue("task", kind)
          .setCause(e)
          .log("session upkeep failed");
    } finally {
      places.release();
    }
    return store.find(session.id()).filter(s -> s.version() == session.version()).isEmpty();
  }

  private void carryOut(Task.Kind kind, Session session) throws NotAppended {
    Procedures these = Objects.requireNonNull(procedures, "not started");
    switch (kind) {
      case EXPIRE -> end(these, session, EndReason.EXPIRED, "TIME_OVER");
      case ABANDON_PAGE -> end(these, session, EndReason.DEADLINE_EXCEEDED, "PAGE_ABANDONED");
      case END_DRAIN -> {
        var _ = these.drains().endDrain(session, "DRAINED");
      }
      case RENEW_LEASE -> {
        var _ = these.renew().renewLease(session.id());
      }
      case REMOVE_LEASE -> {
        var _ = these.drains().removeEnded(session);
      }
      case FINISH_ENDING -> {
        var _ = these.ends().finish(session);
      }
    }
  }

  private static void end(Procedures these, Session session, EndReason reason, String trigger) {
    var _ = these.ends().end(session.id(), new EndCause(reason, trigger));
  }

  /** Whether no session is being looked after right now. */
  public boolean idle() {
    return working.get() == 0;
  }

  /** Stops looking after sessions; they run out by themselves. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
