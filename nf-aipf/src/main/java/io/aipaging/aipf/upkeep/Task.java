package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a session needs next without anybody asking, and when: a pure function of its row and of who
 * is alive.
 *
 * @param kind what
 * @param at when, perhaps already past
 */
public record Task(Kind kind, Instant at) {
  /** After this time what its runner has not finished is taken over, although the runner lives. */
  static final Duration TAKE_OVER = Duration.ofSeconds(5);

  /** Nobody waits longer for a page, a move or an ending: no deadline is further ahead. */
  private static final Duration AHEAD_MAX = Duration.ofMinutes(2);

  /** What a session can need, the most urgent first. */
  public enum Kind {
    /** Its lease or its own time is over, by the clock of whoever is the latest. */
    EXPIRE,
    /** Its page was interrupted. */
    RESUME_PAGE,
    /** Its move was interrupted. */
    RESUME_MOVE,
    /** Its old anchor has drained. */
    END_DRAIN,
    /** Its lease is at half-life and shorter than the session. */
    RENEW_LEASE,
    /** A lease that ended has not been confirmed gone. */
    REMOVE_LEASE,
    /** Its ending has not been finished. */
    FINISH_ENDING
  }

  /**
   * Everything {@code session} will need as it is now, the most urgent kind first.
   *
   * @param alive whether a runner is still at work
   */
  public static List<Task> of(Session session, LeaseTerms terms, Predicate<String> alive) {
    return switch (session.state()) {
      case SessionState.Preparing preparing ->
          List.of(
              new Task(
                  Kind.RESUME_PAGE, takenOver(preparing.runner(), preparing.deadline(), alive)));
      case Active active -> active(session, active, terms);
      case SessionState.Relocating relocating ->
          List.of(
              new Task(Kind.EXPIRE, terms.over(relocating.live().getFirst().expiresAt())),
              new Task(Kind.RESUME_MOVE, takenOver(relocating, alive)));
      case SessionState.Ending ending ->
          List.of(new Task(Kind.FINISH_ENDING, takenOver(ending.runner(), ending.since(), alive)));
      case SessionState.Terminal _ -> List.of();
    };
  }

  /** One that waits for the core is given up when it has waited long enough, whoever lives. */
  private static Instant takenOver(SessionState.Relocating relocating, Predicate<String> alive) {
    SessionState.Errand errand = relocating.errand();
    return relocating.awaitsCore()
        ? errand.deadline()
        : takenOver(errand.runner(), errand.deadline(), alive);
  }

  private static Instant takenOver(String runner, Instant expected, Predicate<String> alive) {
    return alive.test(runner) ? expected.plus(TAKE_OVER) : Instant.EPOCH;
  }

  private static List<Task> active(Session session, Active active, LeaseTerms terms) {
    List<Task> tasks = new ArrayList<>();
    Lease.Serving serving = active.serving();
    tasks.add(new Task(Kind.EXPIRE, terms.over(serving.expiresAt())));
    if (active.draining() != null) {
      tasks.add(new Task(Kind.END_DRAIN, active.draining().expiresAt()));
    }
    if (terms.leaseEnd(serving.expiresAt(), session.expiresAt()).isAfter(serving.expiresAt())) {
      tasks.add(new Task(Kind.RENEW_LEASE, terms.renewAt(serving)));
    }
    if (!active.removing().isEmpty()) {
      tasks.add(new Task(Kind.REMOVE_LEASE, Instant.EPOCH));
    }
    return tasks;
  }

  /**
   * Whether it is to be done at {@code now}: its time has come, or it is so far ahead that the
   * clock was wrong by which its row was written.
   */
  boolean due(Instant now) {
    return !now.isBefore(at) || (datedByItsRow() && at.isAfter(now.plus(AHEAD_MAX)));
  }

  private boolean datedByItsRow() {
    return switch (kind) {
      case RESUME_PAGE, RESUME_MOVE, FINISH_ENDING -> true;
      case EXPIRE, END_DRAIN, RENEW_LEASE, REMOVE_LEASE -> false;
    };
  }
}
