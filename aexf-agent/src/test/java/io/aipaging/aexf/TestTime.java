package io.aipaging.aexf;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Two clocks moved by hand. */
public final class TestTime implements InstantSource {
  private Instant wall = Instant.parse("2026-11-23T12:00:00Z");
  private long bootNanos = 5_000_000_000L;

  @Override
  public Instant instant() {
    return wall;
  }

  public long bootNanos() {
    return bootNanos;
  }

  public void pass(Duration time) {
    wall = wall.plus(time);
    bootNanos += time.toNanos();
  }

  public void jumpWall(Duration jump) {
    wall = wall.plus(jump);
  }
}
