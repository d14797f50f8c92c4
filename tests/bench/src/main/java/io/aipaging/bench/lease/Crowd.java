package io.aipaging.bench.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Callers that each do the next operation as soon as they have done one. */
final class Crowd {
  private Crowd() {}

  /** Operations 0 to {@code operations} - 1, so many at a time. */
  static long doing(long operations, int atOnce, LongConsumer operation) {
    AtomicLong next = new AtomicLong();
    run(
        atOnce,
        () -> {
          long number = next.getAndIncrement();
          if (number >= operations) {
            return false;
          }
          operation.accept(number);
          return true;
        });
    return operations;
  }

  /** As many operations as are begun within {@code time}; each gets a number of its own. */
  static long during(Duration time, int atOnce, LongConsumer operation, AtomicLong numbers) {
    long end = System.nanoTime() + time.toNanos();
    AtomicLong done = new AtomicLong();
    run(
        atOnce,
        () -> {
          if (System.nanoTime() - end > 0) {
            return false;
          }
          operation.accept(numbers.getAndIncrement());
          done.incrementAndGet();
          return true;
        });
    return done.get();
  }

  private static void run(int atOnce, BooleanSupplier next) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      callers.add(
          Thread.ofVirtual()
              .name("bench-caller")
              .start(
                  () -> {
                    try {
                      while (failure.get() == null && next.getAsBoolean()) {
                        // the operation is in the condition
                      }
                    } catch (RuntimeException | Error e) {
                      failure.compareAndSet(null, e);
                    }
                  }));
    }
    for (Thread caller : callers) {
      join(caller);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("an operation failed", failure.get());
    }
  }

  private static void join(Thread caller) {
    try {
      caller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
