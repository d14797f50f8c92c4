package io.aipaging.aipf.enforcement;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Port: lets time pass between two tries. */
@FunctionalInterface
public interface Pause {
  /** Returns after {@code duration}, or earlier when the thread is interrupted. */
  void pause(Duration duration);

  /** Parks the calling thread; on a virtual thread that blocks nobody. */
  static Pause parked() {
    return duration -> {
      long end = System.nanoTime() + duration.toNanos();
      long left = duration.toNanos();
      while (left > 0 && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(left);
        left = end - System.nanoTime();
      }
    };
  }
}
