package io.aipaging.aipf.paging;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Ending;
import io.aipaging.aipf.lease.SessionState.Preparing;
import io.aipaging.aipf.lease.SessionState.Rejected;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.openapi.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers repeats from the row the first page wrote, so that it does not matter which replica is
 * asked, or whether the first was interrupted.
 */
final class PageReplay {
  private final Leases leases;

  PageReplay(Leases leases) {
    this.leases = leases;
  }

  /** The outcome of an earlier page with the call's key; empty when there was none. */
  Optional<PageOutcome> of(Call call, PageRequest request) {
    String key = call.idempotencyKey();
    return key == null
        ? Optional.empty()
        : leases.findByKey(call.consumer(), key).map(first -> of(first, call, request));
  }

  /** The outcome of the page that began {@code first}; waits for it as long as the call allows. */
  PageOutcome of(Session first, Call call, PageRequest request) {
    if (!first.facts().origin().requestSha256().equals(request.sha256())) {
      return new NotBegun(
          Obstacle.IDEMPOTENCY_KEY_REUSED, "The key belongs to a page of other content.");
    }
    return outcome(first, call.deadline());
  }

  /** The outcome of the page of {@code begun}, as soon as there is one. */
  PageOutcome outcome(Session begun, Instant deadline) {
    Session session = begun;
    while (session.state() instanceof Preparing) {
      Duration left = Duration.between(leases.now(), deadline);
      if (!left.isPositive()) {
        return new NotBegun(Obstacle.TIMED_OUT_REQUEST, "The first page is still under way.");
      }
      session = leases.awaitChange(session, left).orElseThrow();
    }
    return outcome(session);
  }

  /** The outcome that a row which is no longer PREPARING tells. */
  static PageOutcome outcome(Session session) {
    return switch (session.state()) {
      case Rejected rejected -> new PageOutcome.Rejected(session, rejected.cause());
      case Ending ending when ending.outcome() == EndReason.Outcome.REJECTED ->
          new PageOutcome.Rejected(session, ending.cause());
      default -> new Paged(session);
    };
  }

  /** Why a session ends or ended; empty for one that lives. */
  static Optional<EndCause> causeOf(Session session) {
    return switch (session.state()) {
      case Ending ending -> Optional.of(ending.cause());
      case SessionState.Terminal terminal -> Optional.of(terminal.cause());
      default -> Optional.empty();
    };
  }
}
