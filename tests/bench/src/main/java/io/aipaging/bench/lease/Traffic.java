package io.aipaging.bench.lease;

import io.aipaging.bench.Samples;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Operations that come at a steady rate, whether or not those before are done. Each is timed from
 * when it should have begun.
 */
final class Traffic implements AutoCloseable {
  /** A hundred a second. */
  private static final long EVERY_NANOS = 10_000_000;

  private final Runnable operation;
  private final Thread source;
  private final AtomicReference<@Nullable Samples> into = new AtomicReference<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  Traffic(Runnable operation) {
    this.operation = operation;
    this.source = Thread.ofPlatform().name("bench-traffic").daemon().start(this::run);
  }

  /** From now on times go there, or nowhere. */
  void into(@Nullable Samples samples) {
    into.set(samples);
  }

  private void run() {
    long next = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      long begun = next;
      Samples samples = into.get();
      var _ = Thread.ofVirtual().start(() -> once(begun, samples));
      next += EVERY_NANOS;
      for (long left = next - System.nanoTime();
          left > 0 && !Thread.currentThread().isInterrupted();
          left = next - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private void once(long begun, @Nullable Samples samples) {
    try {
      operation.run();
      if (samples != null) {
        samples.add(Duration.ofNanos(System.nanoTime() - begun));
      }
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Ends it; throws what an operation failed with. */
  @Override
  public void close() {
    source.interrupt();
    try {
      source.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("an operation failed", failed);
    }
  }
}
