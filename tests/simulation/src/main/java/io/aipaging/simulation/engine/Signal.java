package io.aipaging.simulation.engine;

import java.util.ArrayList;
import java.util.List;

/** Something coroutines wait for. */
public final class Signal {
  private final Timeline timeline;
  private final List<Waiter> waiters = new ArrayList<>(1);

  /** Nobody waits yet. */
  public Signal(Timeline timeline) {
    this.timeline = timeline;
  }

  private record Waiter(Life life, Runnable next) {}

  /** The running coroutine waits until this fires. */
  public void await() {
    Fiber fiber = timeline.running();
    waiters.add(new Waiter(fiber.life(), fiber.next()));
    fiber.park();
  }

  /** The running coroutine waits until this fires or {@code nanos} have passed. */
  public void await(long nanos) {
    Fiber fiber = timeline.running();
    Runnable next = fiber.next();
    Waiter waiter = new Waiter(fiber.life(), next);
    waiters.add(waiter);
    timeline.after(nanos, fiber.life(), next);
    fiber.park();
    waiters.remove(waiter);
  }

  /** Everybody who waits goes on. */
  public void fire() {
    waiters.forEach(waiter -> timeline.after(0, waiter.life(), waiter.next()));
    waiters.clear();
  }
}
