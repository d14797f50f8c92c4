package io.aipaging.aipf.strand;

import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Port: where procedures run side by side and let time pass. Nothing else in a feature package may
 * block, and nobody holds a lock while calling a port: a driver may switch to other work at every
 * call.
 */
public interface Strands {
  /**
   * Starts work beside the caller. A peer that does not answer in time is then no longer waited
   * for, whatever the wiring to it is. After the process began to stop, the work is not begun and
   * its strand is refused.
   */
  <T> Strand<T> start(Callable<T> work);

  /** Returns after {@code duration}, or earlier when the caller is interrupted. */
  void pause(Duration duration);
}
