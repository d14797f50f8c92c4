package io.aipaging.aipf.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it, and the steady clock beside it. */
public final class ManualClock implements InstantSource {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00.500Z");
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicReference<Duration> stepped = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return now.get().plus(stepped.get());
  }

  /** Steady time, ns: what passes while nobody steps the wall clock. */
  public long nanos() {
    return Duration.between(START, now.get()).toNanos();
  }

  public void advance(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  /** Lets time pass until the wall clock shows {@code to}. */
  public void set(Instant to) {
    now.set(to.minus(stepped.get()));
  }

  /** Somebody sets the wall clock; no time passes. */
  public void step(Duration by) {
    stepped.updateAndGet(before -> before.plus(by));
  }
}
