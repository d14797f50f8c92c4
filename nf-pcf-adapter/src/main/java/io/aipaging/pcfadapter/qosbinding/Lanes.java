package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One lane per PDU session: its operations run one after the other in order of arrival, with a
 * pause after each. Overlapping or hasty operations on one PDU session crash real cores. Lanes of
 * different PDU sessions run side by side up to a total.
 */
public final class Lanes implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final LaneLimits limits;
  private final Pause pause;
  private final ThreadFactory threads;
  private final Semaphore inFlight;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, ArrayDeque<Ticket>> waiting = new HashMap<>();
  private final Watch watch;
  private int queued;
  private boolean closed;

  /** Lanes whose waits nobody wants to know. */
  public Lanes(LaneLimits limits, Pause pause, ThreadFactory threads) {
    this(limits, pause, threads, new Watch(wait -> {}, work -> work));
  }

  /**
   * Lanes.
   *
   * @param watch who looks on
   */
  public Lanes(LaneLimits limits, Pause pause, ThreadFactory threads, Watch watch) {
    this.watch = watch;
    this.limits = limits;
    this.pause = pause;
    this.threads = threads;
    this.inFlight = new Semaphore(limits.inFlightMax(), true);
  }

  /**
   * Who looks on.
   *
   * @param waited told how long each piece of work waited for its turn; must return at once
   * @param carried makes work belong to what the submitting thread works for
   */
  public record Watch(Consumer<Duration> waited, UnaryOperator<Runnable> carried) {}

  /** Work of one lane; must not throw. */
  @FunctionalInterface
  interface Work {
    /** Runs alone in its lane; {@code turn} spaces several calls to the core. */
    void run(Turn turn);
  }

  /** What a piece of work may do while it is its turn. */
  @FunctionalInterface
  interface Turn {
    /** Waits the lane's gap, to be called between two calls to the core. */
    void gap();
  }

  /** A place in a lane. */
  final class Ticket {
    private final Runnable work;
    private final long sinceNanos = System.nanoTime();
    private boolean taken;

    private Ticket(Work work) {
      this.work = watch.carried().apply(() -> work.run(Lanes.this::gap));
    }

    /** Gives the place up; false when the work has begun already. */
    boolean drop() {
      return take();
    }

    private boolean take() {
      lock.lock();
      try {
        boolean first = !taken;
        taken = true;
        return first;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Queues work; refuses with 503 when the lane or all lanes together are full. */
  Ticket submit(String lane, Work work) {
    lock.lock();
    try {
      ArrayDeque<Ticket> queue = waiting.get(lane);
      int ahead = queue == null ? 0 : queue.size();
      if (closed || queued >= limits.queuedMax() || ahead >= limits.queuedPerLaneMax()) {
        throw Refusal.of(503, "NF_CONGESTION", "too many operations wait for the core")
            .retryAfter(Duration.ofSeconds(1));
      }
      Ticket ticket = new Ticket(work);
      queued++;
      if (queue == null) {
        queue = new ArrayDeque<>();
        waiting.put(lane, queue);
        queue.add(ticket);
        threads.newThread(() -> drain(lane)).start();
      } else {
        queue.add(ticket);
      }
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  private void drain(String lane) {
    Ticket ticket = next(lane);
    while (ticket != null) {
      if (ticket.take()) {
        runAlone(ticket);
        gap();
      }
      ticket = next(lane);
    }
  }

  private void runAlone(Ticket ticket) {
    inFlight.acquireUninterruptibly();
    watch.waited().accept(Duration.ofNanos(System.nanoTime() - ticket.sinceNanos));
    try {
      ticket.work.run();
    } catch (RuntimeException e) {
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    } finally {
      inFlight.release();
    }
  }

  /** The next ticket; null closes the lane, whose gap has then passed. */
  private @Nullable Ticket next(String lane) {
    lock.lock();
    try {
      ArrayDeque<Ticket> queue = waiting.get(lane);
      Ticket ticket = queue == null ? null : queue.poll();
      if (ticket == null) {
        waiting.remove(lane);
      } else {
        queued--;
      }
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  private void gap() {
    try {
      pause.forAtLeast(limits.gap());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Pieces of work that wait in their lanes. */
  public int queued() {
    lock.lock();
    try {
      return queued;
    } finally {
      lock.unlock();
    }
  }

  /** Pieces of work that are at the core. */
  public int inFlight() {
    return limits.inFlightMax() - inFlight.availablePermits();
  }

  /** Takes no more work, drops what waits and gives what is in flight a moment to end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.values().forEach(ArrayDeque::clear);
      queued = 0;
    } finally {
      lock.unlock();
    }
    try {
      if (inFlight.tryAcquire(limits.inFlightMax(), CLOSE_SECONDS, TimeUnit.SECONDS)) {
        inFlight.release(limits.inFlightMax());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
