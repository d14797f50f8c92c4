package io.aipaging.aipf.lease;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are at work, as one replica hears it from time to time. A run that no answer has named
 * yet may have begun since the last one: it counts as alive until the next. Thread-safe.
 */
public final class RunnerRoster {
  private static final int KNOWN_MAX = 1_000;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> strangers = new HashSet<>();
  private final Set<String> gone = new LinkedHashSet<>();
  private Set<String> asked = Set.of();
  private @Nullable Set<String> alive;

  /** Whether {@code runner} may be at work. */
  public boolean alive(String runner) {
    return alone(() -> mayBeAlive(runner));
  }

  private boolean mayBeAlive(String runner) {
    if (alive == null || alive.contains(runner)) {
      return true;
    }
    if (gone.contains(runner)) {
      return false;
    }
    if (strangers.size() < KNOWN_MAX) {
      strangers.add(runner);
    }
    return true;
  }

  /** A question is about to be asked: its answer is newer than everything heard until now. */
  public void asking() {
    var _ = alone(() -> asked = Set.copyOf(strangers));
  }

  /**
   * The answer to what was asked last.
   *
   * @param now runs at work; null when nobody can tell
   * @return whether some run is now known to have ended
   */
  public boolean heard(@Nullable Set<String> now) {
    return alone(() -> takeIn(now));
  }

  private boolean takeIn(@Nullable Set<String> now) {
    if (now == null) {
      alive = null;
      return false;
    }
    boolean news = alive == null;
    news |= missing(asked, now);
    news |= alive != null && missing(alive, now);
    strangers.removeAll(asked);
    asked = Set.of();
    gone.removeAll(now);
    alive = Set.copyOf(now);
    return news;
  }

  private boolean missing(Collection<String> expected, Set<String> now) {
    boolean some = false;
    for (String runner : expected) {
      if (!now.contains(runner)) {
        some |= gone.add(runner);
      }
    }
    while (gone.size() > KNOWN_MAX) {
      gone.remove(gone.iterator().next()); // a stranger again
    }
    return some;
  }

  /** Nobody can be asked any more. */
  public void lost() {
    var _ = alone(() -> takeIn(null));
  }

  private <T> T alone(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
