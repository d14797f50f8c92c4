package io.aipaging.aipf.enforcement;

import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on a virtual thread of its own. A peer that does not answer in time is no longer waited for,
 * whatever the wiring to it is.
 */
public final class Fork<T> {
  private final FutureTask<T> task;

  private Fork(FutureTask<T> task) {
    this.task = task;
  }

  /** Starts {@code work}. */
  public static <T> Fork<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("aipf-fork").start(task);
    return new Fork<>(task);
  }

  /**
   * Waits for the result.
   *
   * @param atMost longest wait; then the work is interrupted
   * @throws Refusal what the work was refused, or 504 {@code TIMED_OUT_REQUEST}
   */
  public T join(Duration atMost) {
    try {
      return result(atMost);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw Refusal.of(504, "TIMED_OUT_REQUEST", "A peer did not answer in time.");
    }
  }

  /** As {@link #join}, but work that is not finished goes on. */
  public T peek(Duration atMost) {
    try {
      return result(atMost);
    } catch (TimeoutException e) {
      throw Refusal.of(504, "TIMED_OUT_REQUEST", "The work goes on beyond the deadline.");
    }
  }

  private T result(Duration atMost) throws TimeoutException {
    try {
      return task.get(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException defect -> throw defect;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("work failed", e.getCause());
      }
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw Refusal.of(500, "SYSTEM_FAILURE", "Interrupted.");
    }
  }
}
