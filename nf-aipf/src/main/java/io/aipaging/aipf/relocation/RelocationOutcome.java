package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Session;
import org.jspecify.annotations.Nullable;

/** How a relocation ended. */
public sealed interface RelocationOutcome {
  /**
   * New flows go to the new anchor, and it was probed.
   *
   * @param session ACTIVE, the old lease draining
   * @param from anchor before
   * @param to anchor now
   */
  record Moved(Session session, String from, String to) implements RelocationOutcome {}

  /**
   * The session is where it was.
   *
   * @param session ACTIVE
   * @param from anchor before and now
   * @param to anchor aimed at, or null when none was eligible
   * @param cause why
   */
  record KeptOldPath(Session session, String from, @Nullable String to, String cause)
      implements RelocationOutcome {}

  /**
   * Neither anchor is usable, or somebody ended the session meanwhile.
   *
   * @param session ENDING or terminal
   * @param from anchor before
   * @param to anchor aimed at, or null
   * @param cause why
   */
  record Ended(Session session, String from, @Nullable String to, String cause)
      implements RelocationOutcome {}

  /**
   * The session cannot be moved now.
   *
   * @param cause {@code INCOMPATIBLE_STATE}, {@code TOO_LATE}, {@code TOO_MANY_ENDING} or, when it
   *     has left the anchor it was to leave, {@code ELSEWHERE}
   */
  record NotMovable(String cause) implements RelocationOutcome {}

  /** There is no such session. */
  record Unknown() implements RelocationOutcome {}
}
