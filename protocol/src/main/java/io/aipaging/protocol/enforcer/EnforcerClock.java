package io.aipaging.protocol.enforcer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Time as an enforcer may trust it (lease-protocol §6). Wall time is read once, when a COMMIT
 * arrives; from then on its lease runs down on a steady clock, which nobody can set: the clock
 * since boot, or the one by which the enforcer's own timeouts run. Where the wall clock has not
 * progressed as the steady clock has, nothing is granted until both agree again. Thread-safe.
 */
public final class EnforcerClock {
  private static final long CLOSE_NANOS = 1_000_000;
  private static final int READINGS_MAX = 20;

  private final InstantSource wall;
  private final LongSupplier nanos;
  private final Duration skewBound;
  private final Duration skewMargin;
  private final Moment start;

  /**
   * A clock that takes both sources to agree now.
   *
   * @param wall wall time
   * @param nanos steady time: nanoseconds since some fixed moment, such as {@link BootClock}
   * @param skewBound how far clocks may differ
   * @param skewMargin how much earlier than {@code exp_ms} a lease stops; at least the bound
   */
  public EnforcerClock(
      InstantSource wall, LongSupplier nanos, Duration skewBound, Duration skewMargin) {
    if (skewMargin.compareTo(skewBound) < 0) {
      throw new IllegalArgumentException("skew margin must not be below the skew bound");
    }
    this.wall = wall;
    this.nanos = nanos;
    this.skewBound = skewBound;
    this.skewMargin = skewMargin;
    this.start = now();
  }

  /**
   * One reading of both clocks.
   *
   * @param wall wall time
   * @param nanos steady time, ns; compare by difference only
   */
  public record Moment(Instant wall, long nanos) {}

  /**
   * Both clocks now, read close together: a thread that is put aside between the two readings would
   * see them disagree, so it reads again.
   */
  public Moment now() {
    Moment moment = read();
    for (int tries = 1; tries < READINGS_MAX && age(moment) > CLOSE_NANOS; tries++) {
      moment = read();
    }
    return moment;
  }

  private Moment read() {
    // The steady clock first: a delay in between then shortens a lease and never lengthens it.
    long steady = nanos.getAsLong();
    return new Moment(wall.instant(), steady);
  }

  private long age(Moment moment) {
    return nanos.getAsLong() - moment.nanos();
  }

  /** How far clocks may differ. */
  public Duration skewBound() {
    return skewBound;
  }

  /** How much earlier than {@code exp_ms} a lease stops. */
  public Duration skewMargin() {
    return skewMargin;
  }

  /** Steady time now, ns. */
  public long nanos() {
    return nanos.getAsLong();
  }

  /** Whether wall and steady clock have progressed alike since the start, within the bound. */
  public boolean agreesAt(Moment moment) {
    Duration wallProgress = Duration.between(start.wall(), moment.wall());
    Duration steadyProgress = Duration.ofNanos(moment.nanos() - start.nanos());
    return wallProgress.minus(steadyProgress).abs().compareTo(skewBound) <= 0;
  }

  /**
   * Whether a request's sender has a clock that is too far ahead of this one: its COMMITs end later
   * than they say. A sender that appears to be behind may as well have sent over a slow network,
   * and if it is behind, its leases only end early; so that is no reason to refuse.
   *
   * @param sentAt by the sender's clock; null, as of a caller in this process, is never ahead
   */
  public boolean isAhead(@Nullable Instant sentAt, Moment receipt) {
    return sentAt != null && Duration.between(receipt.wall(), sentAt).compareTo(skewBound) > 0;
  }

  /**
   * Steady time at which a lease received at {@code receipt} stops; not after {@code receipt} when
   * it must not start at all.
   *
   * @param issuedAt {@code iat}: the lease never runs longer than from there to {@code expiresAt}
   * @param expiresAt {@code exp_ms}
   */
  public long deadline(Moment receipt, Instant issuedAt, Instant expiresAt) {
    Duration left = Duration.between(receipt.wall(), expiresAt).minus(skewMargin);
    Duration longest = Duration.between(issuedAt, expiresAt);
    Duration term = left.compareTo(longest) < 0 ? left : longest;
    return receipt.nanos() + term.toNanos();
  }
}
