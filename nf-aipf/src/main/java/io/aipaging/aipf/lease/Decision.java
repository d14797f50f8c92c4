package io.aipaging.aipf.lease;

/** What {@link LeaseMachine} says of an event. */
public sealed interface Decision {
  /** The move is legal. */
  record Legal(Transition transition) implements Decision {}

  /**
   * The move is not; nothing changes.
   *
   * @param cause {@code INCOMPATIBLE_STATE}, {@code TOO_LATE}, {@code TOO_EARLY}, {@code
   *     COMMIT_MISMATCH} or {@code TOO_MANY_ENDING}
   */
  record Illegal(String cause) implements Decision {}
}
