package io.aipaging.smfadapter.steering.corepath;

import io.aipaging.smfadapter.steering.SteeringStep;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the core's paths to what the gate carries. One call at a time towards the core, and of a
 * flow only what is newest. A path goes with the lease it was made for: by order, by its own timer
 * here, and after a restart because its name was written down before it was used.
 */
public final class PathFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PathFollower.class);
  private final CorePaths core;
  private final PathIds ids;
  private final PathConfig config;
  private final LongSupplier nanoTime;
  private final PathBook book;

  /** Held while the core is asked. */
  private final ReentrantLock calls = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean begun;
  private boolean closed;

  /**
   * What a follower stands on.
   *
   * @param nanoTime steady time
   */
  public record Ports(CorePaths core, PathIds ids, PathObserver observer, LongSupplier nanoTime) {}

  /**
   * A follower; what is remembered from before is given up unless the gate still carries it.
   *
   * @param notifIds unguessable callback ids
   */
  public PathFollower(Ports ports, PathConfig config, Supplier<String> notifIds) {
    this.core = ports.core();
    this.ids = ports.ids();
    this.nanoTime = ports.nanoTime();
    this.config = config;
    this.book = new PathBook(ports, config, notifIds);
  }

  /** The gate has carried a step out. */
  public void follow(SteeringStep step) {
    changing(() -> book.want(step));
  }

  /**
   * The gate carries this and nothing else. Before this was called once nothing is asked of the
   * core: what the gate still carries must not be given up first.
   */
  public void followAll(List<SteeringStep> steps) {
    changing(
        () -> {
          book.wantOnly(steps);
          begun = true;
        });
  }

  /** Notices what has run out; to be called several times a second. */
  public void tick() {
    changing(book::tick);
  }

  /**
   * The core tells of a path. Strangers and repeats change nothing.
   *
   * @param notifId last segment of the URI called
   */
  public void heard(String notifId, PathNotice notice) {
    changing(() -> book.heard(notifId, notice));
  }

  /** Works until closed. */
  public void run() {
    String id = next();
    while (id != null) {
      work(id);
      id = next();
    }
  }

  private @Nullable String next() {
    lock.lock();
    try {
      String id = begun ? book.poll() : null;
      while (id == null && !closed) {
        changed.awaitUninterruptibly();
        id = begun ? book.poll() : null;
      }
      return closed ? null : id;
    } finally {
      lock.unlock();
    }
  }

  /** Whatever goes wrong with one path, the others go on. */
  private void work(String id) {
    calls.lock();
    try {
      switch (locked(() -> book.step(id))) {
        case PathBook.Step.Ask(PathOrder order) -> {
          CorePaths.Outcome outcome = put(order);
          changing(() -> book.asked(order, outcome));
        }
        case PathBook.Step.GiveUp(String gone) -> {
          CorePaths.Outcome outcome = core.delete(gone);
          changing(() -> book.gaveUp(gone, outcome));
        }
        case PathBook.Step.Nothing() -> {}
      }
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("path", id).log("a path could not be worked on");
      changing(() -> book.failed(id));
    } finally {
      calls.unlock();
    }
  }

  /** What cannot be remembered is not asked for. */
  private CorePaths.Outcome put(PathOrder order) {
    try {
      ids.use(order.id());
    } catch (UncheckedIOException e) {
      return CorePaths.Outcome.REFUSED;
    }
    return core.put(order);
  }

  /** Gives up what it can in time; the rest is given up after the next start. */
  @Override
  public void close() {
    changing(() -> closed = true);
    long end = nanoTime.getAsLong() + config.closeWithin().toNanos();
    try {
      if (calls.tryLock(config.closeWithin().toNanos(), TimeUnit.NANOSECONDS)) {
        giveUpAll(end);
        calls.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveUpAll(long end) {
    for (String id : ids.inUse()) {
      if (nanoTime.getAsLong() - end >= 0) {
        return;
      }
      if (core.delete(id) != CorePaths.Outcome.UNCERTAIN) {
        ids.forget(id);
      }
    }
  }

  private void changing(Runnable body) {
    locked(
        () -> {
          body.run();
          changed.signalAll();
          return true;
        });
  }

  private <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }
}
