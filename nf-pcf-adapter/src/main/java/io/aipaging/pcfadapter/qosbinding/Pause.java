package io.aipaging.pcfadapter.qosbinding;

import java.time.Duration;

/** Lets the calling thread wait; the composition root passes the real one. */
@FunctionalInterface
public interface Pause {
  /** Waits at least {@code time}. */
  void forAtLeast(Duration time) throws InterruptedException;
}
