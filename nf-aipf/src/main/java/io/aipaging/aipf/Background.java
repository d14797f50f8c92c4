package io.aipaging.aipf;

import io.aipaging.aipf.strand.Strands;
import java.time.Duration;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that goes on beside what is asked for, and has ended before what it works with is closed.
 */
final class Background {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);
  private static final Duration END_TIME = Duration.ofSeconds(1);
  private final Strands strands;
  private final Deque<Runnable> closing;

  /**
   * Nothing yet.
   *
   * @param strands where pauses are made
   * @param closing gets what ends the work
   */
  Background(Strands strands, Deque<Runnable> closing) {
    this.strands = strands;
    this.closing = closing;
  }

  /** Does {@code work} every so often; what fails once is tried again the next time. */
  void regularly(String name, Duration every, Runnable work) {
    start(
        name,
        () -> {
          strands.pause(every);
          while (!Thread.currentThread().isInterrupted()) {
            once(name, work);
            strands.pause(every);
          }
        });
  }

  /** Failures of work that was told to end are of no interest. */
  private static void once(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.atWarn().addKeyValue("task", name).setCause(e).log("background work failed");
      }
    }
  }

  /** Starts {@code work}, which ends when it is interrupted. */
  void start(String name, Runnable work) {
    Thread thread = Thread.ofVirtual().name(name).start(work);
    closing.push(() -> end(thread));
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      var _ = thread.join(END_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
