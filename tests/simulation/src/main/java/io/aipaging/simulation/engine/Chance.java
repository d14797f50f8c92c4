package io.aipaging.simulation.engine;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All randomness of a history comes from its seed. */
public final class Chance {
  private final SplittableRandom random;

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /** The randomness of {@code seed}. */
  public static Chance of(long seed) {
    return new Chance(new SplittableRandom(seed));
  }

  /** Randomness of its own for one concern: what happens there disturbs nobody else. */
  public Chance split() {
    return new Chance(random.split());
  }

  /** Whether something of that probability happens. */
  public boolean hit(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Any number. */
  public int any() {
    return random.nextInt();
  }

  /** Any number. */
  public long anyLong() {
    return random.nextLong();
  }

  /** From {@code least} to {@code most}, both included. */
  public long between(long least, long most) {
    return least >= most ? least : random.nextLong(least, most + 1);
  }

  /** From {@code least} to {@code most}. */
  public Duration between(Duration least, Duration most) {
    return Duration.ofNanos(between(least.toNanos(), most.toNanos()));
  }

  /** One of them. */
  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
