package io.aipaging.aipf.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Wall time, and how far it can be believed: a steady clock, which nobody can set, tells when the
 * wall clock was stepped (lease-protocol §6). Thread-safe.
 */
public final class LeaseClock implements InstantSource {
  private final InstantSource wall;
  private final LongSupplier nanos;
  private final Instant startWall;
  private final long startNanos;

  /**
   * A clock that takes both sources to agree now.
   *
   * @param wall wall time
   * @param nanos steady time since some fixed moment, ns; it does not stop while the process does
   */
  public LeaseClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
    this.startWall = wall.instant();
  }

  @Override
  public Instant instant() {
    return wall.instant();
  }

  /**
   * No later than it is, unless the wall clock was wrong when the process started: what is over now
   * is over although the wall clock may have been stepped ahead since.
   */
  public Instant certain() {
    Instant steady = startWall.plusNanos(nanos.getAsLong() - startNanos);
    Instant now = wall.instant();
    return now.isBefore(steady) ? now : steady;
  }

  /** How far the wall clock has run ahead of the steady one since the start; negative if behind. */
  public Duration gap() {
    long steady = nanos.getAsLong() - startNanos;
    return Duration.between(startWall, wall.instant()).minusNanos(steady);
  }
}
