package io.aipaging.simulation.engine;

import java.time.Instant;
import java.time.InstantSource;

/** The clocks of a node: a wall clock that may be wrong, and a steady one that nobody can set. */
public final class NodeClock implements InstantSource {
  private static final long MILLION = 1_000_000;
  private final Timeline timeline;
  private final long steadyStart;
  private final long driftPpm;
  private final long rightOffset;
  private long wallOffset;

  /**
   * A clock.
   *
   * @param wallOffset how far the wall clock is ahead of true time, ns
   * @param steadyStart what the steady clock shows at the beginning, ns
   * @param driftPpm how much faster than time both run, millionths
   */
  public NodeClock(Timeline timeline, long wallOffset, long steadyStart, long driftPpm) {
    this.timeline = timeline;
    this.wallOffset = wallOffset;
    this.rightOffset = wallOffset;
    this.steadyStart = steadyStart;
    this.driftPpm = driftPpm;
  }

  /** Wall time. */
  @Override
  public Instant instant() {
    return Timeline.instantAt(timeline.now() + wallOffset);
  }

  /** Steady time, ns. */
  public long nanos() {
    return steadyStart + timeline.now() + Math.floorDiv(timeline.now() * driftPpm, MILLION);
  }

  /** True time at which the steady clock shows {@code nanos}, within 2 ns, never later. */
  public long trueTimeOf(long nanos) {
    return (long) ((nanos - steadyStart) / (1 + driftPpm / (double) MILLION)) - 1;
  }

  /** Whether the wall clock is as it should be. */
  public boolean isRight() {
    return wallOffset == rightOffset;
  }

  /** Sets the wall clock right. */
  public void setRight() {
    wallOffset = rightOffset;
  }

  /** How far the wall clock is ahead of true time, ns. */
  public long wallOffset() {
    return wallOffset;
  }

  /** Sets the wall clock. */
  public void setWallOffset(long offset) {
    wallOffset = offset;
  }
}
