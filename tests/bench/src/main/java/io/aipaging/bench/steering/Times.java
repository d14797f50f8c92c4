package io.aipaging.bench.steering;

import java.util.Arrays;

/** How long operations of one kind took. */
final class Times {
  private final long[] nanos;

  private Times(long[] nanos) {
    this.nanos = nanos;
    Arrays.sort(nanos);
  }

  /** Something that is done once. */
  @FunctionalInterface
  interface Operation {
    void run(int number) throws Exception;
  }

  /** Does something {@code count} times. */
  static Times of(int count, Operation operation) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long began = System.nanoTime();
      operation.run(i);
      nanos[i] = System.nanoTime() - began;
    }
    return new Times(nanos);
  }

  double p50Us() {
    return nanos[nanos.length / 2] / 1e3;
  }

  double p99Us() {
    return nanos[(int) (nanos.length * 0.99)] / 1e3;
  }

  double perSecond() {
    return nanos.length * 1e9 / Arrays.stream(nanos).sum();
  }
}
