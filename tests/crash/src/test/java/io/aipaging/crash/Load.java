package io.aipaging.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A dozen consumers at work until stopped. */
final class Load implements AutoCloseable {
  private static final int CONSUMERS = 12;
  private static final int UES_EACH = 3;
  private static final Duration STOP_TIME = Duration.ofSeconds(120);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Load() {}

  /** Consumers that do what {@code seed} says. */
  static Load start(Doors doors, Ledger ledger, long seed) {
    Load load = new Load();
    for (int number = 0; number < CONSUMERS; number++) {
      int mine = number;
      List<String> ues =
          IntStream.rangeClosed(1, UES_EACH).mapToObj(ue -> "127.1." + mine + "." + ue).toList();
      Random random = new Random(seed * CONSUMERS + number);
      Consumer consumer = new Consumer(random, doors, ledger, ues, () -> !load.stopped);
      load.threads.add(
          Thread.ofVirtual().name("consumer-" + number).start(() -> load.run(consumer, ledger)));
    }
    return load;
  }

  private void run(Consumer consumer, Ledger ledger) {
    try {
      consumer.run();
    } catch (RuntimeException e) {
      if (!stopped) {
        ledger.fault("a consumer failed: " + e);
      }
    }
  }

  /** Stops them after what they are doing; somebody must be there to answer. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      if (!thread.join(STOP_TIME)) {
        throw new IllegalStateException(thread.getName() + " does not end");
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.forEach(Thread::interrupt);
  }
}
