package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SessionState.Ending;
import io.aipaging.aipf.lease.SessionState.Relocating;
import io.aipaging.aipf.relocation.RelocationOutcome.Ended;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.relocation.RelocationOutcome.NotMovable;
import io.aipaging.aipf.relocation.RelocationOutcome.Unknown;
import io.aipaging.aipf.relocation.SessionMover.Attempt;
import io.aipaging.protocol.ServiceEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a user-plane path that the core does not finish before it is answered (TS 23.502
 * §4.3.6.3; lease-protocol §5, Relocate). Early, the anchor at the new place is made ready and
 * every flow stays where it is; late, new flows go there. Of this nothing is kept but in the
 * sessions' rows, so that a change may be told to one replica early and to another late.
 * Thread-safe.
 */
public final class PathChanges {
  private final Leases leases;
  private final SessionMover mover;
  private final RelocationProcedure relocation;
  private final Duration completeWithin;
  private final RelocationDispatcher.Observer observer;

  /**
   * Answers by these.
   *
   * @param completeWithin how long a session stays ready, and on its old path, until the core says
   *     that it has changed it
   */
  public PathChanges(
      Leases leases,
      SessionMover mover,
      RelocationProcedure relocation,
      Duration completeWithin,
      RelocationDispatcher.Observer observer) {
    this.leases = leases;
    this.mover = mover;
    this.relocation = relocation;
    this.completeWithin = completeWithin;
    this.observer = observer;
  }

  /** What the core may be answered. */
  public enum Readiness {
    /** The path may be changed. */
    READY,
    /** Not now. */
    BUSY,
    /** Not there. */
    REFUSED
  }

  /**
   * An answer.
   *
   * @param readiness what
   * @param cause why not; null when ready
   */
  public record Answer(Readiness readiness, @Nullable String cause) {
    private static final Answer READY = new Answer(Readiness.READY, null);

    private static Answer busy(String cause) {
      return new Answer(Readiness.BUSY, cause);
    }
  }

  /**
   * The core is about to change a flow's path. What is made ready and not completed in time goes
   * back by itself.
   *
   * @param moved whose, and where to
   * @param service at which service address
   * @param deadline of the answer
   */
  public Answer early(Trigger.UeMoved moved, ServiceEndpoint service, Instant deadline) {
    return all(moved, service, session -> prepare(session, moved, deadline));
  }

  /**
   * The core uses the new path as soon as it is answered.
   *
   * @param moved whose, and where to
   * @param service at which service address
   */
  public Answer late(Trigger.UeMoved moved, ServiceEndpoint service) {
    return all(moved, service, session -> arrive(session, moved));
  }

  @FunctionalInterface
  private interface Step {
    Answer of(Session session);
  }

  private Answer all(Trigger.UeMoved moved, ServiceEndpoint service, Step step) {
    for (Session session : LiveSessions.of(moved.ue(), leases)) {
      boolean stays = !(session.state() instanceof Ending); // what ends is in nobody's way
      if (stays && session.facts().service().address().equals(service)) {
        Answer answer = isThere(session, moved) ? Answer.READY : step.of(session);
        if (answer.readiness() != Readiness.READY) {
          return answer;
        }
      }
    }
    return Answer.READY;
  }

  private static boolean isThere(Session session, Trigger.UeMoved moved) {
    return session.state() instanceof Active active
        && active.serving().anchor().ref().dnai().equals(moved.dnai());
  }

  private Answer prepare(Session session, Trigger.UeMoved moved, Instant deadline) {
    if (session.state() instanceof Relocating relocating) {
      return SessionMover.isReadyFor(moved, relocating)
          ? Answer.READY
          : Answer.busy("INCOMPATIBLE_STATE");
    }
    if (!mover.mayMove(session, moved)) {
      return Answer.busy("TOO_SOON");
    }
    Wish wish = new Wish(null, null, moved.dnai(), Set.of(), true);
    Instant completeBy = relocation.waitingUntil(session, completeWithin);
    if (!completeBy.isAfter(leases.now())) {
      return Answer.busy("TOO_LATE");
    }
    Optional<RelocationOutcome> kept =
        relocation.prepare(session.id(), wish, moved.word(), deadline, completeBy);
    kept.ifPresent(outcome -> observer.ended(moved, outcome));
    return kept.map(PathChanges::answer).orElse(Answer.READY);
  }

  private Answer arrive(Session session, Trigger.UeMoved moved) {
    Attempt attempt = mover.attempt(session.id(), moved);
    RelocationOutcome outcome = attempt.outcome();
    if (outcome == null) {
      return attempt.again() == null ? Answer.READY : Answer.busy("INCOMPATIBLE_STATE");
    }
    observer.ended(moved, outcome);
    return answer(outcome);
  }

  /** A session that is over stands in nobody's way. */
  private static Answer answer(RelocationOutcome outcome) {
    return switch (outcome) {
      case Moved _, Ended _, Unknown() -> Answer.READY;
      case NotMovable(String cause) -> Answer.busy(cause);
      case KeptOldPath kept when kept.cause().equals(RelocationSteps.TARGET_BUSY) ->
          Answer.busy(kept.cause());
      case KeptOldPath kept -> new Answer(Readiness.REFUSED, kept.cause());
    };
  }
}
