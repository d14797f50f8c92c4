package io.aipaging.aipf.paging;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Measures the stages of one page; a stage that comes in pieces is summed. Not thread-safe. */
public final class StageTimer {
  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
  private final LongSupplier nanoClock;
  private long last;

  /** Starts measuring with a monotonic clock, ns. */
  public StageTimer(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.last = nanoClock.getAsLong();
  }

  /** What was done since the last call belongs to {@code stage}. */
  public void done(Stage stage) {
    long now = nanoClock.getAsLong();
    nanos.merge(stage, now - last, Long::sum);
    last = now;
  }

  /** Tells {@code observer} every stage measured. */
  public void report(StageObserver observer) {
    nanos.forEach((stage, took) -> observer.took(stage, Duration.ofNanos(took)));
  }
}
