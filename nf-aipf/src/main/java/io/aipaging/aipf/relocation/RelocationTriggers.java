package io.aipaging.aipf.relocation;

import java.time.Instant;

/**
 * Port: reasons to move sessions. Whoever learns of one tells it here; which sessions it concerns,
 * whether they move and when is decided behind it.
 */
public interface RelocationTriggers {
  /**
   * Takes note of a reason and returns at once. A reason that lasts, such as a draining anchor, is
   * raised again and again while it does; raising one too often does no harm.
   */
  void raise(Trigger trigger);

  /**
   * Moves one session now, and says how that ended.
   *
   * @param deadline what is not finished by then is undone
   */
  RelocationOutcome move(Trigger.OperatorMove wanted, Instant deadline);
}
