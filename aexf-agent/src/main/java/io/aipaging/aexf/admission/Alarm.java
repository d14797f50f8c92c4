package io.aipaging.aexf.admission;

import java.time.Duration;

/** Runs something later, once. */
@FunctionalInterface
public interface Alarm {
  /** Runs {@code task} after {@code delay}; at once when it is not positive. */
  void after(Duration delay, Runnable task);
}
