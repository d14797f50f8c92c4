package io.aipaging.simulation.engine;

/**
 * Where processes touch the world: every effect takes time, and a process may die before and after
 * it.
 */
public final class Effects {
  private final Timeline timeline;
  private Perils perils = Perils.NONE;
  private boolean troubled = true;

  private final Trace trace;

  /** Nothing strikes yet. */
  public Effects(Timeline timeline, Trace trace) {
    this.timeline = timeline;
    this.trace = trace;
  }

  /** The account of what happens. */
  public Trace trace() {
    return trace;
  }

  /** From now on {@code next} decides. */
  public void perils(Perils next) {
    perils = next;
  }

  /** From now on nothing goes wrong by itself any more. */
  public void heal() {
    perils = Perils.NONE;
    troubled = false;
  }

  /** Whether things may go wrong by themselves. */
  public boolean troubled() {
    return troubled;
  }

  /** The running coroutine's process takes {@code nanos} to get past {@code point}, or dies. */
  public void pass(String point, long nanos) {
    Fiber fiber = timeline.running();
    if (perils.strikes(fiber.life(), point)) {
      fiber.life().node().crash();
      fiber.park(); // for ever
    }
    timeline.sleep(nanos);
  }
}
