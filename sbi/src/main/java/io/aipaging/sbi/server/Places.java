package io.aipaging.sbi.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Room for requests in work. The fuller it is, the more important a request has to be to find a
 * place (TS 29.500 §6.8: a producer in overload sheds what has the lowest priority first).
 */
final class Places {
  /** Of requests that do not say how important they are. */
  static final int PRIORITY_DEFAULT = 24;

  private static final int PRIORITY_URGENT = 7;
  private static final int PRIORITY_HIGH = 15;

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  /** Room for {@code most} requests. */
  Places(int most) {
    this.most = most;
  }

  /** Takes a place for a request of that priority, 0 (highest) to 31; false when there is none. */
  boolean take(int priority) {
    int open = most - keptFrom(priority);
    int now = taken.get();
    while (now < open) {
      if (taken.compareAndSet(now, now + 1)) {
        return true;
      }
      now = taken.get();
    }
    return false;
  }

  /** How much of the room is taken, 0 to 100. */
  int takenPercent() {
    return Math.clamp(Math.round(100f * taken.get() / most), 0, 100);
  }

  /** Gives a place back. */
  void leave() {
    taken.decrementAndGet();
  }

  /** Places kept free for what is more important. */
  private int keptFrom(int priority) {
    if (priority <= PRIORITY_URGENT) {
      return 0;
    }
    if (priority <= PRIORITY_HIGH) {
      return most / 16;
    }
    return priority <= PRIORITY_DEFAULT ? most / 8 : most / 4;
  }
}
