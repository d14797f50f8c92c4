package io.aipaging.bench.lease;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that goes on as it does, and can be put forward: wall and steady clock together. */
final class BenchClock implements InstantSource {
  private final AtomicLong aheadNanos = new AtomicLong();

  void forward(Duration by) {
    aheadNanos.addAndGet(by.toNanos());
  }

  @Override
  public Instant instant() {
    return Instant.now().plusNanos(aheadNanos.get());
  }

  long nanos() {
    return System.nanoTime() + aheadNanos.get();
  }
}
