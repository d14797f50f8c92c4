package io.aipaging.aipf.ending;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Ending;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Release, revoke, expire and the undoing of a page (lease-protocol §5). What cannot be reached
 * leaves the session ENDING; {@link #finish} is then tried again by the session keeper.
 */
public final class EndProcedure {
  private static final int RACES_MAX = 64;
  private final Leases leases;
  private final CommitIssuer issuer;
  private final Enforcement enforcement;
  private final Duration effectTime;

  /**
   * A procedure.
   *
   * @param effectTime longest wait for one removal
   */
  public EndProcedure(
      Leases leases, CommitIssuer issuer, Enforcement enforcement, Duration effectTime) {
    this.leases = leases;
    this.issuer = issuer;
    this.enforcement = enforcement;
    this.effectTime = effectTime;
  }

  /** Ends a session; empty when there is none. One that is ending or over stays as it is. */
  public Optional<Session> end(SessionId id, EndCause cause) {
    return end(id, cause, List.of());
  }

  /**
   * Ends a session if {@code wanted} says so of the very row that is replaced; otherwise it stays
   * as it is.
   */
  public Optional<Session> endIf(SessionId id, EndCause cause, Predicate<Session> wanted) {
    return end(id, new Order(cause, List.of(), wanted));
  }

  /**
   * Ends a session and lets go of slots that never became leases.
   *
   * @return the session: terminal, or ENDING while something cannot be reached, or, for {@code
   *     EXPIRED} only, untouched because it was renewed just before
   */
  public Optional<Session> end(SessionId id, EndCause cause, List<HoldAttempt> holds) {
    return end(id, new Order(cause, holds, session -> true));
  }

  /**
   * Ends a session that was read just now; reads it again only if somebody moved it since.
   *
   * @return as {@link #end(SessionId, EndCause, List)}
   */
  public Optional<Session> endRead(Session session, EndCause cause) {
    return end(Optional.of(session), session.id(), new Order(cause, List.of(), any -> true));
  }

  private record Order(EndCause cause, List<HoldAttempt> holds, Predicate<Session> wanted) {
    SessionEvent ended(@Nullable SignedCommit end, String runner) {
      return new SessionEvent.Ended(cause, end, holds, runner);
    }
  }

  private Optional<Session> end(SessionId id, Order order) {
    return end(leases.find(id), id, order);
  }

  private Optional<Session> end(Optional<Session> read, SessionId id, Order order) {
    Optional<Session> found = read;
    for (int race = 0; race < RACES_MAX; race++) {
      if (found.isEmpty()) {
        return found;
      }
      Session session = found.get();
      if (session.terminal()
          || session.state() instanceof Ending
          || !order.wanted().test(session)) {
        return found;
      }
      boolean over = leases.over(session);
      var end = // 1 the end, signed, unless nobody holds what it could refuse
          over ? null : issuer.endSession(session, leases.now());
      try {
        if (over && order.cause().reason() == EndReason.EXPIRED) {
          return Optional.of(expire(session, order));
        }
        Session ending =
            leases.append(session, order.ended(end, leases.runner())).session(); // 2 durable
        return Optional.of(finish(ending)); // 3 steering, anchors, QoS; 4 terminal
      } catch (NotAppended e) {
        found = leases.find(id);
        if (!e.stale()) {
          return found;
        }
      }
    }
    throw new IllegalStateException("the session changed too often to be ended");
  }

  /**
   * Of a session that is over by every clock nothing is left but its QoS: once that is gone, ENDING
   * and the terminal state are one write. What cannot be let go now leaves it ENDING.
   */
  private Session expire(Session session, Order order) throws NotAppended {
    Transition ending = leases.decide(session, order.ended(null, leases.runner()));
    if (!allDone(ending.after())) {
      return leases.append(session, order.ended(null, leases.runner())).session();
    }
    return leases.append(ending, leases.decide(ending.after(), new SessionEvent.Finished()));
  }

  /**
   * Removes what an ENDING session still has in the network, in order, and makes it terminal when
   * nothing is left. Does nothing to other sessions.
   */
  public Session finish(Session session) {
    if (!(session.state() instanceof Ending)) {
      return session;
    }
    if (!allDone(session)) {
      return session;
    }
    try {
      return leases.append(session, new SessionEvent.Finished()).session();
    } catch (NotAppended e) {
      return leases.find(session.id()).orElse(session);
    }
  }

  private boolean allDone(Session ending) {
    boolean all = true;
    for (Effect effect : leases.owed(ending)) {
      all &= done(effect);
    }
    return all;
  }

  private boolean done(Effect effect) {
    try {
      Instant deadline = leases.now().plus(effectTime);
      return enforcement
          .start(
              () -> {
                enforcement.perform(effect, deadline);
                return true;
              })
          .join(effectTime);
    } catch (Refusal e) {
      return Removal.needless(effect, e);
    }
  }
}
