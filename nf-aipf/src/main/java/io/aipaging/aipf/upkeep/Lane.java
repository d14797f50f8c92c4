package io.aipaging.aipf.upkeep;

import io.aipaging.aipf.strand.Strands;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work of one kind, so much of it at a time; the rest waits in order. Nobody blocks. What waits is
 * bounded by its callers: a session is in it once. Thread-safe.
 */
final class Lane {
  private final int widthMax;
  private final Strands strands;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger working = new AtomicInteger();

  Lane(int widthMax, Strands strands) {
    this.widthMax = widthMax;
    this.strands = strands;
  }

  /** Does {@code work}, now or when its turn comes. */
  void add(Runnable work) {
    waiting.add(work);
    widen();
  }

  boolean idle() {
    return working.get() == 0 && waiting.isEmpty();
  }

  private void widen() {
    int now = working.get();
    while (now < widthMax && !waiting.isEmpty()) {
      if (working.compareAndSet(now, now + 1)) {
        var _ = strands.start(this::work);
        return;
      }
      now = working.get();
    }
  }

  private boolean work() {
    try {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    } finally {
      working.decrementAndGet();
    }
    widen(); // what came between the last poll and the decrement
    return true;
  }
}
