package io.aipaging.simulation.engine;

/** Lets one coroutine through at a time: what a lock is to threads. */
public final class Turnstile {
  private final Signal free;
  private boolean taken;

  /** Nobody is inside. */
  public Turnstile(Timeline timeline) {
    this.free = new Signal(timeline);
  }

  /** The running coroutine waits until nobody is inside. */
  public void awaitFree() {
    while (taken) {
      free.await();
    }
  }

  /** The running coroutine goes in. */
  public void enter() {
    awaitFree();
    taken = true;
  }

  /** It comes out. */
  public void leave() {
    taken = false;
    free.fire();
  }
}
