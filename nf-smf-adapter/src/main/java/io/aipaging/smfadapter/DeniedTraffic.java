package io.aipaging.smfadapter;

import io.aipaging.sbi.management.Metrics;
import io.aipaging.smfadapter.steering.SteeringDriver;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.util.Map;

/** Shows the driver's counters of refused traffic as {@code smfadapter_denied{kind}}. */
final class DeniedTraffic {
  private static final long FRESH_NANOS = 500_000_000;

  private final SteeringDriver driver;
  private Map<String, Long> counters;
  private long readNanos;

  private DeniedTraffic(SteeringDriver driver, Map<String, Long> counters) {
    this.driver = driver;
    this.counters = counters;
    this.readNanos = System.nanoTime();
  }

  static void show(SteeringDriver driver, Metrics metrics) throws SteeringFailed {
    DeniedTraffic denied = new DeniedTraffic(driver, driver.denied());
    for (String kind : denied.counters.keySet()) {
      metrics.gauge("smfadapter.denied", () -> denied.of(kind), "kind", kind);
    }
  }

  /** One reading serves all kinds of a scrape. */
  private synchronized Number of(String kind) {
    if (System.nanoTime() - readNanos > FRESH_NANOS) {
      try {
        counters = driver.denied();
        readNanos = System.nanoTime();
      } catch (SteeringFailed unreadable) {
        return Double.NaN;
      }
    }
    return counters.getOrDefault(kind, 0L);
  }
}
