package io.aipaging.pcfadapter;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.ReportQosBinding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to the AIPF what the core says of bindings: the newest word on each, again and again
 * until it is heard. When too many wait the oldest go: what the core ended is also in the adapter's
 * list, where the AIPF looks by itself. Thread-safe.
 */
final class AipfReports implements Runnable {
  static final int WAITING_MAX = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(AipfReports.class);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
  private final NaipfEvents aipf;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final Map<String, ReportQosBinding> waiting = new LinkedHashMap<>();

  /** Nothing is waiting; {@link #run} passes on what is added. */
  AipfReports(NaipfEvents aipf, InstantSource clock) {
    this.aipf = aipf;
    this.clock = clock;
  }

  /** Takes a report; never blocks. */
  void add(ReportQosBinding report) {
    lock.lock();
    try {
      waiting.remove(report.bindingRef()); // the newest goes to the end of the queue
      waiting.put(report.bindingRef(), report);
      if (waiting.size() > WAITING_MAX) {
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
        ReportQosBinding report = next();
        if (heard(report)) {
          pause = PAUSE;
        } else {
          putBack(report);
          TimeUnit.NANOSECONDS.sleep(pause.toNanos());
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ReportQosBinding next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        added.await();
      }
      Iterator<ReportQosBinding> oldest = waiting.values().iterator();
      ReportQosBinding report = oldest.next();
      oldest.remove();
      return report;
    } finally {
      lock.unlock();
    }
  }

  /** At the end of the queue, unless there is a newer word by now. */
  private void putBack(ReportQosBinding report) {
    lock.lock();
    try {
      waiting.putIfAbsent(report.bindingRef(), report);
    } finally {
      lock.unlock();
    }
  }

  private boolean heard(ReportQosBinding report) {
    try {
      Call call = Call.within("nf-pcf-adapter", clock.instant(), ANSWER_WITHIN);
      var _ = aipf.reportQosBinding(call, report);
      return true;
    } catch (Refusal e) {
      boolean nobodys = e.status() == 404 || e.status() == 400;
      LOG.atInfo()
          .addKeyValue("bindingRef", report.bindingRef())
          .addKeyValue("cause", e.problemCause())
          .log("the AIPF has not taken a report");
      return nobodys;
    }
  }
}
