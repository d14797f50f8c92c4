package io.aipaging.pcfadapter.qosbinding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/** When to look at which binding again. A stale reminder is harmless: the state decides. */
final class Deadlines {
  private record Reminder(Instant at, String bindingRef) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Reminder> reminders =
      new PriorityQueue<>(Comparator.comparing(Reminder::at));

  void add(Instant at, String bindingRef) {
    lock.lock();
    try {
      reminders.add(new Reminder(at, bindingRef));
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns at most {@code max} bindings whose reminder is due. */
  List<String> due(Instant now, int max) {
    List<String> due = new ArrayList<>();
    lock.lock();
    try {
      Reminder first = reminders.peek();
      while (first != null && !first.at().isAfter(now) && due.size() < max) {
        reminders.poll();
        due.add(first.bindingRef());
        first = reminders.peek();
      }
    } finally {
      lock.unlock();
    }
    return due;
  }
}
