package io.aipaging.sbi.process;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * News on their way to somebody who may be away: passed on in order, again and again until they are
 * heard, and of one subject only the newest. When too many wait the oldest go. Thread-safe.
 *
 * @param <T> what is passed on
 */
public final class Outbox<T> implements Runnable {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
  private final int waitingMax;
  private final Function<T, String> subject;
  private final Predicate<T> heard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Map<String, T> waiting = new LinkedHashMap<>();

  /**
   * Nothing is waiting; {@link #run} passes on what is added.
   *
   * @param waitingMax most that wait
   * @param subject what news are about
   * @param heard passes one on, blocking for a bounded time; whether it need not be repeated
   */
  public Outbox(int waitingMax, Function<T, String> subject, Predicate<T> heard) {
    this.waitingMax = waitingMax;
    this.subject = subject;
    this.heard = heard;
  }

  /** Takes news; never blocks. */
  public void add(T news) {
    lock.lock();
    try {
      waiting.remove(subject.apply(news)); // the newest goes to the end of the queue
      waiting.put(subject.apply(news), news);
      if (waiting.size() > waitingMax) {
        Iterator<String> oldest = waiting.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Passes on until the thread is interrupted. */
  @Override
  public void run() {
    Duration pause = PAUSE;
    try {
      while (true) {
        T news = next();
        if (heard.test(news)) {
          pause = PAUSE;
        } else {
          putBack(news);
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private T next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        added.await();
      }
      Iterator<T> oldest = waiting.values().iterator();
      T news = oldest.next();
      oldest.remove();
      return news;
    } finally {
      lock.unlock();
    }
  }

  /** At the end of the queue, unless there is a newer word by now. */
  private void putBack(T news) {
    lock.lock();
    try {
      waiting.putIfAbsent(subject.apply(news), news);
    } finally {
      lock.unlock();
    }
  }
}
