package io.aipaging.aipf.strand.virtual;

import io.aipaging.aipf.strand.Strand;
import io.aipaging.aipf.strand.Strands;
import io.aipaging.openapi.Refusal;
import io.aipaging.sbi.trace.Work;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A virtual thread per strand; a pause parks the calling thread. Thread-safe. */
public final class VirtualStrands implements Strands, AutoCloseable {
  private static final int TURNS_MAX = 2;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("aipf-strand").factory());

  @Override
  public <T> Strand<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(Work.carried(work));
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      return new Stopped<>();
    }
    return new Running<>(task);
  }

  @Override
  public void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    long left = duration.toNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = end - System.nanoTime();
    }
  }

  /** Interrupts all strands and begins no more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private record Stopped<T>() implements Strand<T> {
    @Override
    public T join(Duration atMost) {
      throw Refusal.of(503, "NF_CONGESTION", "The function is stopping.");
    }

    @Override
    public T peek(Duration atMost) {
      return join(atMost);
    }
  }

  private record Running<T>(FutureTask<T> task) implements Strand<T> {
    /** Work that needs no peer is over when its turn comes: cheaper than a wait with a timeout. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing but speed relies on the scheduler here
    private void letOthersGoFirst() {
      for (int turn = 0; turn < TURNS_MAX && !task.isDone(); turn++) {
        Thread.yield();
      }
    }

    @Override
    public T join(Duration atMost) {
      try {
        return result(atMost);
      } catch (TimeoutException e) {
        task.cancel(true);
        throw Refusal.of(504, "TIMED_OUT_REQUEST", "A peer did not answer in time.");
      }
    }

    @Override
    public T peek(Duration atMost) {
      try {
        return result(atMost);
      } catch (TimeoutException e) {
        throw Refusal.of(504, "TIMED_OUT_REQUEST", "The work goes on beyond the deadline.");
      }
    }

    private T result(Duration atMost) throws TimeoutException {
      letOthersGoFirst();
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
}
