package io.aipaging.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one UE, one after the other at a fixed pace, until stopped. A request fails when it
 * is not answered with 200; nothing is retried, so that an interruption cannot hide.
 */
final class RequestStream implements AutoCloseable {
  private static final Duration STOP_TIME = Duration.ofSeconds(5);

  /** Sends one request and throws when it is not answered as it should. */
  interface Exchange {
    void send() throws IOException;
  }

  private final AtomicBoolean running = new AtomicBoolean(true);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final ConcurrentLinkedQueue<Instant> answers = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();
  private final Thread thread;

  private RequestStream(Thread thread) {
    this.thread = thread;
  }

  /** Starts a stream on the thread that {@code network} makes: a thread of the UE's network. */
  static RequestStream start(UeNetwork network, Duration pace, Exchange exchange) {
    var holder = new AtomicReference<@Nullable RequestStream>();
    Thread thread =
        network.unstarted(
            () -> {
              RequestStream stream = holder.get();
              if (stream != null) {
                stream.run(pace, exchange);
              }
            });
    RequestStream stream = new RequestStream(thread);
    holder.set(stream);
    thread.start();
    return stream;
  }

  private void run(Duration pace, Exchange exchange) {
    long next = System.nanoTime();
    while (running.get()) {
      try {
        exchange.send();
        answers.add(Instant.now());
      } catch (IOException | RuntimeException e) {
        failed.incrementAndGet();
        firstFailure.compareAndSet(null, "request " + requests.get() + ": " + e);
      }
      requests.incrementAndGet();
      next = Math.max(next + pace.toNanos(), System.nanoTime());
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  /** Requests made so far. */
  int requests() {
    return requests.get();
  }

  /** Of those, how many failed. */
  int failed() {
    return failed.get();
  }

  /** When each complete answer had arrived, in order. */
  List<Instant> answers() {
    return List.copyOf(answers);
  }

  /** The first failure in words, or null. */
  @Nullable String firstFailure() {
    return firstFailure.get();
  }

  @Override
  public void close() {
    stop();
  }

  /** Stops after the request under way; repeating it does nothing. */
  void stop() {
    running.set(false);
    try {
      thread.join(STOP_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
