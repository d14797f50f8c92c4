package io.aipaging.aipf.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Wall time, and how far it can be believed: a steady clock, which nobody can set, tells when the
 * wall clock was stepped (lease-protocol §6). Thread-safe.
 */
public final class LeaseClock implements InstantSource {
  private final InstantSource wall;
  private final LongSupplier nanos;
  private final Base start;
  private volatile Base believed;
  private final AtomicReference<Step> last;

  /** A moment at which both clocks were taken to agree. */
  private record Base(Instant wall, long nanos) {}

  /** The wall clock was stepped, and since then is off by {@code gap}. */
  private record Step(Duration gap, long nanos) {}

  /**
   * A clock that takes both sources to agree now.
   *
   * @param wall wall time
   * @param nanos steady time since some fixed moment, ns; it does not stop while the process does
   */
  public LeaseClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    long steady = nanos.getAsLong();
    this.start = new Base(wall.instant(), steady);
    this.believed = start;
    this.last = new AtomicReference<>(new Step(Duration.ZERO, steady));
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
    Instant steady = steady(start);
    Instant now = wall.instant();
    return now.isBefore(steady) ? now : steady;
  }

  /**
   * No earlier than it is: what is too late now is too late although the wall clock may have been
   * stepped back, until that is believed.
   */
  public Instant latest() {
    Instant steady = steady(believed);
    Instant now = wall.instant();
    return now.isAfter(steady) ? now : steady;
  }

  /**
   * Compares how both clocks went on; to be called about once a second. A wall clock that keeps to
   * a step for {@code trustAfter} is believed again: no lease from before the step is left by then.
   *
   * @param bound what is less is no step
   * @return whether the wall clock was stepped since the last call
   */
  public boolean stepped(Duration bound, Duration trustAfter) {
    Duration gap = gap();
    long now = nanos.getAsLong();
    Step before = last.get();
    if (gap.minus(before.gap()).abs().compareTo(bound) > 0) {
      return last.compareAndSet(before, new Step(gap, now));
    }
    boolean off = before.gap().abs().compareTo(bound) > 0;
    if (off
        && now - before.nanos() >= trustAfter.toNanos()
        && last.compareAndSet(before, new Step(Duration.ZERO, now))) {
      believed = new Base(wall.instant(), now);
    }
    return false;
  }

  /** How far the wall clock is ahead of where the steady one puts it; negative if behind. */
  public Duration gap() {
    Instant steady = steady(believed);
    return Duration.between(steady, wall.instant());
  }

  private Instant steady(Base agreed) {
    return agreed.wall().plusNanos(nanos.getAsLong() - agreed.nanos());
  }
}
