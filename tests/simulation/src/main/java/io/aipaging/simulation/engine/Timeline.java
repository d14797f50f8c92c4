package io.aipaging.simulation.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * True time and what happens in it: the only place that runs anything in a history. One event at a
 * time; of events at one instant the seed says which is first.
 */
public final class Timeline {
  private static final long EPOCH_SECOND = Instant.parse("2026-11-23T10:00:00Z").getEpochSecond();
  private static final long SECOND = 1_000_000_000L;

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final Chance ties;
  private final List<Throwable> failures = new ArrayList<>();
  private long now;
  private long steps;
  private long scheduled;
  private @Nullable Fiber running;

  /** An empty timeline. */
  public Timeline(Chance ties) {
    this.ties = ties;
  }

  private record Event(long at, int tie, long order, @Nullable Life life, Runnable action)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      int byTie = byTime == 0 ? Integer.compare(tie, other.tie) : byTime;
      return byTie == 0 ? Long.compare(order, other.order) : byTie;
    }
  }

  /** True time since the history began, ns. */
  public long now() {
    return now;
  }

  /** True time {@code nanos} after the history began. */
  public static Instant instantAt(long nanos) {
    return Instant.ofEpochSecond(
        EPOCH_SECOND + Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /** True time since the history began at which it is {@code instant}, ns. */
  public static long nanosAt(Instant instant) {
    return (instant.getEpochSecond() - EPOCH_SECOND) * SECOND + instant.getNano();
  }

  /** True time. */
  public Instant instant() {
    return instantAt(now);
  }

  /** Events so far. */
  public long steps() {
    return steps;
  }

  /** What came out of coroutines that nobody waited for; each is a defect. */
  public List<Throwable> failures() {
    return failures;
  }

  /**
   * Something happens later.
   *
   * @param delay ns from now
   * @param life whose doing it is: it does not happen when that life is over, and later when its
   *     node is frozen; null for what no process does
   */
  public void after(long delay, @Nullable Life life, Runnable action) {
    queue.add(new Event(now + Math.max(0, delay), ties.any(), scheduled++, life, action));
  }

  /** As {@link #after(long, Life, Runnable)}. */
  public void after(Duration delay, @Nullable Life life, Runnable action) {
    after(delay.toNanos(), life, action);
  }

  /** A coroutine of {@code life} begins now. */
  public Fiber start(Life life, Runnable body) {
    Fiber fiber = new Fiber(this, life, body);
    after(0, life, fiber.next());
    return fiber;
  }

  /**
   * The next event happens.
   *
   * @return false when none is left before {@code end}, ns; then it is {@code end}
   */
  public boolean step(long end) {
    Event event = queue.peek();
    if (event == null || event.at > end) {
      now = Math.max(now, end);
      return false;
    }
    queue.remove();
    now = event.at;
    Life life = event.life;
    if (life == null) {
      steps++;
      event.action.run();
    } else if (life.isOn()) {
      if (!life.node().holdsBack(event.action)) {
        steps++;
        event.action.run();
      }
    }
    return true;
  }

  /** The coroutine that runs now. */
  public Fiber running() {
    if (running == null) {
      throw new IllegalStateException("only a coroutine may wait");
    }
    return running;
  }

  void run(Fiber fiber, Runnable on) {
    Fiber before = running;
    running = fiber;
    try {
      on.run();
    } finally {
      running = before;
    }
  }

  void failed(Throwable failure) {
    failures.add(failure);
  }

  /** The running coroutine goes on after {@code nanos}. */
  public void sleep(long nanos) {
    Fiber fiber = running();
    after(nanos, fiber.life(), fiber.next());
    fiber.park();
  }
}
