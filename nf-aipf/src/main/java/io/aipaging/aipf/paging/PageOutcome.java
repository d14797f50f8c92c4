package io.aipaging.aipf.paging;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.Session;

/** How a page ended. */
public sealed interface PageOutcome {
  /**
   * The session is steered, or was when the page that is repeated here ended.
   *
   * @param session with its client's token while it lives
   */
  record Paged(Session session) implements PageOutcome {}

  /**
   * The page began and was undone.
   *
   * @param session REJECTED, or ENDING while something cannot be reached
   * @param cause why
   */
  record Rejected(Session session, EndCause cause) implements PageOutcome {}

  /** The page did not begin; nothing was written. */
  record NotBegun(Obstacle obstacle, String detail) implements PageOutcome {}

  /** Why a page does not begin. */
  enum Obstacle {
    /** Nobody knows what is wanted. */
    INTENT_NOT_RESOLVABLE,
    /** No anchor keeps the hard limits and is well. */
    NO_ELIGIBLE_ANCHOR,
    /** The flow has a live session. */
    FLOW_IN_USE,
    /** The idempotency key belongs to a page of other content. */
    IDEMPOTENCY_KEY_REUSED,
    /** The store holds as many sessions as it may. */
    INSUFFICIENT_RESOURCES,
    /** The first page with this key was not finished by the repeat's deadline, or none began. */
    TIMED_OUT_REQUEST
  }
}
