package io.aipaging.aipf.relocation;

import io.aipaging.aipf.lease.Residence;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The rule against moving to and fro. A session that moved stays for a while before it moves again,
 * does not go back where it came from for a longer while, and is left alone after a move that was
 * undone. Exempt is what {@link Trigger#forced} says.
 *
 * @param residenceMin how long a session that moved stays at least
 * @param returnMin how long after leaving an anchor it does not return there
 * @param undoneMin how long after an undone move it is not moved
 */
public record Damping(Duration residenceMin, Duration returnMin, Duration undoneMin) {
  public Damping {
    if (residenceMin.isNegative() || returnMin.isNegative() || undoneMin.isNegative()) {
      throw new IllegalArgumentException("a pause lasts zero or longer");
    }
  }

  /**
   * What the rule says of one session.
   *
   * @param from when it may move at the earliest
   * @param avoided where it may not go until {@code returnsAt}
   * @param returnsAt from then on it may go anywhere
   */
  record Verdict(Instant from, Set<String> avoided, Instant returnsAt) {
    /** It may move now and anywhere. */
    static final Verdict FREE = new Verdict(Instant.MIN, Set.of(), Instant.MIN);
  }

  /** What the rule says of a session at {@code now}. */
  Verdict of(Residence residence, Instant now) {
    Instant from = Instant.MIN;
    Set<String> avoided = Set.of();
    Instant returnsAt = Instant.MIN;
    if (residence.left() != null) {
      from = residence.since().plus(residenceMin);
      returnsAt = residence.since().plus(returnMin);
      avoided = now.isBefore(returnsAt) ? Set.of(residence.left()) : avoided;
    }
    if (residence.undoneAt() != null) {
      Instant again = residence.undoneAt().plus(undoneMin);
      from = again.isAfter(from) ? again : from;
    }
    return new Verdict(from, avoided, returnsAt);
  }
}
