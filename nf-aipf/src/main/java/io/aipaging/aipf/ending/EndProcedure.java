package io.aipaging.aipf.ending;

import io.aipaging.aipf.enforcement.Enforcement;
import io.aipaging.aipf.lease.CommitIssuer;
import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionEvent;
import io.aipaging.aipf.lease.SessionState.Ending;
import io.aipaging.aipf.lease.SessionState.HoldAttempt;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * Ends a session and lets go of slots that never became leases.
   *
   * @return the session: terminal, or ENDING while something cannot be reached, or, for {@code
   *     EXPIRED} only, untouched because it was renewed just before
   */
  public Optional<Session> end(SessionId id, EndCause cause, List<HoldAttempt> holds) {
    for (int race = 0; race < RACES_MAX; race++) {
      Optional<Session> found = leases.find(id);
      if (found.isEmpty()) {
        return found;
      }
      Session session = found.get();
      if (session.terminal() || session.state() instanceof Ending) {
        return found;
      }
      var end = // 1 the end, signed, unless nobody holds what it could refuse
          leases.over(session) ? null : issuer.endSession(session, leases.now());
      try {
        Session ending =
            leases
                .append(session, new SessionEvent.Ended(cause, end, holds, leases.runner()))
                .session(); // 2 durable
        return Optional.of(finish(ending)); // 3 steering, anchors, QoS; 4 terminal
      } catch (NotAppended e) {
        if (!e.stale()) {
          return leases.find(id);
        }
      }
    }
    throw new IllegalStateException("the session changed too often to be ended");
  }

  /**
   * Removes what an ENDING session still has in the network, in order, and makes it terminal when
   * nothing is left. Does nothing to other sessions.
   */
  public Session finish(Session session) {
    if (!(session.state() instanceof Ending)) {
      return session;
    }
    List<Effect> left = new ArrayList<>();
    for (Effect effect : leases.owed(session)) {
      if (!done(effect)) {
        left.add(effect);
      }
    }
    if (!left.isEmpty()) {
      return session;
    }
    try {
      return leases.append(session, new SessionEvent.Finished()).session();
    } catch (NotAppended e) {
      return leases.find(session.id()).orElse(session);
    }
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
      return gone(e);
    }
  }

  /** The peer knows nothing of it, or of something newer: there is nothing left to remove. */
  static boolean gone(Refusal refusal) {
    return refusal.status() == 404 || refusal.status() == 409;
  }
}
