package io.aipaging.sbi.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a composition root has started, closed in reverse order; a part that does not close keeps no
 * other one open. For the one thread that starts and, later, the one that closes.
 */
public final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Remembers {@code part} for {@link #close} and returns it. */
  public <T extends AutoCloseable> T keep(T part) {
    started.push(part);
    return part;
  }

  /** Runs a task once, on a thread of its own that is interrupted at {@link #close}. */
  public void aside(String name, Runnable task) {
    Thread thread = Thread.ofVirtual().name(name).start(() -> guarded(name, task));
    keep(thread::interrupt);
  }

  /**
   * Runs a task now and then again after every pause, on a thread of its own; a run that fails is
   * logged and followed by the next.
   *
   * @param name of task and thread
   * @param pause between the end of a run and the next
   */
  public void regularly(String name, Duration pause, Runnable task) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    keep(timer::shutdownNow);
    var _ =
        timer.scheduleWithFixedDelay(
            () -> guarded(name, task), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void guarded(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("task", name).log("a task failed");
    }
  }

  @Override
  public void close() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).log("a part did not close");
      }
    }
  }
}
