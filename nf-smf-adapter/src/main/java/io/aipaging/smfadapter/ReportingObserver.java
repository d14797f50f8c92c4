package io.aipaging.smfadapter;

import io.aipaging.sbi.management.Metrics;
import io.aipaging.smfadapter.steering.SteeringObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs failures, counts refusals. */
record ReportingObserver(Metrics metrics) implements SteeringObserver {
  private static final Logger LOG = LoggerFactory.getLogger(ReportingObserver.class);

  @Override
  public void refused(String cause) {
    metrics.counter("smfadapter.commits.refused", "cause", cause).increment();
  }

  @Override
  public void failed(String what, Exception cause) {
    metrics.counter("smfadapter.steering.failures").increment();
    LOG.atError().setCause(cause).log(what);
  }
}
