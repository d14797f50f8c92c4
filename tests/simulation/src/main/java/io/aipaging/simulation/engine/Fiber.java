package io.aipaging.simulation.engine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/**
 * A coroutine: blocking code that gives way at every wait. Its stack is simply never continued when
 * its process dies, so no {@code finally} runs: that is what a kill is.
 */
public final class Fiber {
  private static final ContinuationScope SCOPE = new ContinuationScope("simulation");
  private final Timeline timeline;
  private final Life life;
  private final Continuation continuation;
  private long turn;

  Fiber(Timeline timeline, Life life, Runnable body) {
    this.timeline = timeline;
    this.life = life;
    this.continuation = new Continuation(SCOPE, () -> guarded(body));
  }

  private void guarded(Runnable body) {
    try {
      body.run();
    } catch (RuntimeException | Error failure) {
      timeline.failed(failure);
    }
  }

  /** Whose it is. */
  public Life life() {
    return life;
  }

  /** Continues it from its next wait; does nothing once something else has. */
  Runnable next() {
    long wanted = turn;
    return () -> {
      if (turn == wanted) {
        turn++;
        timeline.run(this, continuation::run);
      }
    };
  }

  /** Gives way until a {@link #next} taken before it runs. */
  void park() {
    if (!Continuation.yield(SCOPE)) {
      throw new IllegalStateException("a coroutine was pinned");
    }
  }
}
