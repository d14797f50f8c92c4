package io.aipaging.smfadapter;

import io.aipaging.sbi.management.Metrics;
import io.aipaging.sbi.management.Tally;
import io.aipaging.smfadapter.steering.SteeringObserver;
import io.micrometer.core.instrument.Counter;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures; counts refusals, what is carried and what has run out. */
final class ReportingObserver implements SteeringObserver {
  private static final Logger LOG = LoggerFactory.getLogger(ReportingObserver.class);
  private static final Set<String> CAUSES =
      Set.of(
          "COMMIT_REJECTED",
          "CLOCK_SKEW",
          "FLOW_IN_USE",
          "MANDATORY_IE_INCORRECT",
          "STALE_GENERATION",
          "STEERING_FAILURE");

  private final Tally refusals;
  private final Counter failures;
  private final Counter expired;
  private volatile int carried;
  private volatile long contactNanos = System.nanoTime();

  ReportingObserver(Metrics metrics) {
    this.refusals = new Tally(metrics, "smfadapter.commits.refused", "cause", CAUSES);
    this.failures = metrics.counter("smfadapter.steering.failures");
    this.expired = metrics.counter("smfadapter.leases.expired");
    metrics.gauge("smfadapter.leases", () -> carried);
    metrics.gauge("smfadapter.contact.age.seconds", () -> (System.nanoTime() - contactNanos) / 1e9);
  }

  @Override
  public void refused(String cause) {
    refusals.count(cause);
  }

  @Override
  public void failed(String what, Exception cause) {
    failures.increment();
    LOG.atError().setCause(cause).log(what);
  }

  @Override
  public void contact() {
    contactNanos = System.nanoTime();
  }

  @Override
  public void carries(int leases, int over) {
    carried = leases;
    if (over > 0) {
      expired.increment(over);
    }
  }
}
