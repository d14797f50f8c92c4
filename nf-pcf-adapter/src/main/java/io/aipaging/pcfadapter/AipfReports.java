package io.aipaging.pcfadapter;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.sbi.process.Outbox;
import java.time.Duration;
import java.time.InstantSource;
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
  private final NaipfEvents aipf;
  private final InstantSource clock;
  private final Outbox<ReportQosBinding> outbox =
      new Outbox<>(WAITING_MAX, ReportQosBinding::bindingRef, this::heard);

  /** Nothing is waiting; {@link #run} passes on what is added. */
  AipfReports(NaipfEvents aipf, InstantSource clock) {
    this.aipf = aipf;
    this.clock = clock;
  }

  /** Takes a report; never blocks. */
  void add(ReportQosBinding report) {
    outbox.add(report);
  }

  /** Passes on until the thread is interrupted. */
  @Override
  public void run() {
    outbox.run();
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
