package io.aipaging.aipf.lease;

import java.time.Duration;
import java.time.Instant;

/**
 * The times leases live by (lease-protocol §6).
 *
 * @param session length of a session whose client names none, at most {@code sessionMax}
 * @param sessionMax longest life of a session whatever is renewed
 * @param leaseTerm longest life of one COMMIT: a cut-off AIPF closes the gate within it
 * @param holdTtl how long a slot or QoS binding stays held without a COMMIT, 100 ms to 60 s
 * @param drain how long old flows keep the old anchor after a move
 * @param skewBound how far clocks of AIPF and enforcers may differ
 * @param skewMargin how much earlier than {@code exp} an enforcer stops; at least {@code skewBound}
 * @param deliveryBudget time a COMMIT needs from here to its enforcers at worst
 */
public record LeaseTerms(
    Duration session,
    Duration sessionMax,
    Duration leaseTerm,
    Duration holdTtl,
    Duration drain,
    Duration skewBound,
    Duration skewMargin,
    Duration deliveryBudget) {
  private static final int JITTER_STEPS = 1_024;

  /** A gate refuses what would last no longer than its own work takes. */
  private static final Duration DRAIN_LEAST = Duration.ofMillis(100);

  /** The defaults of lease-protocol §6. */
  public static final LeaseTerms DEFAULT =
      new LeaseTerms(
          Duration.ofMinutes(10),
          Duration.ofHours(24),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(250),
          Duration.ofMillis(250),
          Duration.ofSeconds(2));

  public LeaseTerms {
    require(session.isPositive() && session.compareTo(sessionMax) <= 0, "session", "sessionMax");
    require(!skewBound.isNegative(), "skewBound", "zero");
    require(skewMargin.compareTo(skewBound) >= 0, "skewMargin", "skewBound");
    require(deliveryBudget.isPositive(), "deliveryBudget", "zero");
    require(
        drain.compareTo(skewMargin.plus(DRAIN_LEAST)) >= 0, "drain", "skewMargin + " + DRAIN_LEAST);
    require(
        holdTtl.toMillis() >= 100 && holdTtl.toMillis() <= 60_000, "holdTtl", "its 100 ms to 60 s");
    require(
        leaseTerm.compareTo(skewMargin.plus(deliveryBudget).multipliedBy(3)) >= 0,
        "leaseTerm",
        "three times skewMargin + deliveryBudget");
  }

  private static void require(boolean condition, String term, String bound) {
    if (!condition) {
      throw new IllegalArgumentException(term + " must keep to " + bound);
    }
  }

  /** When a COMMIT issued at {@code now} in a session until {@code sessionEnd} ends. */
  public Instant leaseEnd(Instant now, Instant sessionEnd) {
    Instant term = now.plus(leaseTerm);
    return Instant.ofEpochMilli((term.isBefore(sessionEnd) ? term : sessionEnd).toEpochMilli());
  }

  /** From here on a lease until {@code exp} is neither renewed nor moved (lease-protocol §5). */
  public Instant cutoff(Instant exp) {
    return exp.minus(skewMargin).minus(deliveryBudget);
  }

  /** From here on a lease until {@code exp} is over by the clock of whoever is the latest. */
  public Instant over(Instant exp) {
    return exp.plus(skewBound);
  }

  /**
   * When to renew: at half-life, up to a tenth of the term earlier or later. The jitter is a
   * function of the lease's newest COMMIT, so that many leases of one instant spread out and every
   * look at the same lease agrees.
   */
  public Instant renewAt(Lease.Serving lease) {
    int step = Math.floorMod(lease.commit().commit().jti().hashCode(), JITTER_STEPS);
    long tenth = leaseTerm.toMillis() / 10;
    long jitter = tenth * (2L * step - JITTER_STEPS) / JITTER_STEPS;
    return lease.expiresAt().minus(leaseTerm.dividedBy(2)).plusMillis(jitter);
  }
}
