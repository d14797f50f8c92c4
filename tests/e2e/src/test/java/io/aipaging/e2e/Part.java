package io.aipaging.e2e;

import java.util.concurrent.Callable;

/** A function that can be stopped and started again at the same address with the same files. */
final class Part<T extends AutoCloseable> implements AutoCloseable {
  private final Callable<T> starting;
  private T running;

  private Part(Callable<T> starting) {
    this.starting = starting;
  }

  static <T extends AutoCloseable> Part<T> started(Callable<T> starting) throws Exception {
    Part<T> part = new Part<>(starting);
    part.start();
    return part;
  }

  void start() throws Exception {
    if (running == null) {
      running = starting.call();
    }
  }

  /** Its sockets are closed afterwards; stopping what is stopped does nothing. */
  void stop() throws Exception {
    if (running != null) {
      T stopping = running;
      running = null;
      stopping.close();
    }
  }

  T get() {
    return running;
  }

  @Override
  public void close() throws Exception {
    stop();
  }
}
