package io.aipaging.crash;

/**
 * How much a test does, and at random by which seed; {@code -Dkills=100 -Dseed=7}.
 *
 * @param kills processes killed
 * @param seed the same choices again, if not the same timing
 */
record Effort(int kills, long seed) {
  /** What the build asks for; {@code kills} when it does not say. */
  static Effort of(int kills) {
    return new Effort(
        Integer.getInteger("kills", kills), Long.getLong("seed", System.nanoTime() & 0xffffffL));
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
