package io.aipaging.sbi.management;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The metrics of one process. Label values come from bounded sets only: operation names, status
 * codes, reasons; never ids. A process has at most 5,000 meters, further ones are not kept.
 */
public final class Metrics implements AutoCloseable {
  private static final int METERS_MAX = 5_000;
  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final Duration[] FINE_BUCKETS =
      IntStream.of(50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 250_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1_000L))
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Map<String, Map<Integer, Timer>> requests = new ConcurrentHashMap<>();

  private Metrics() {}

  /** Metrics without anything in them. */
  public static Metrics empty() {
    Metrics metrics = new Metrics();
    metrics.registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(METERS_MAX));
    return metrics;
  }

  /** Metrics with those of the JVM: memory, collections, threads, processor, files. */
  public static Metrics ofProcess() {
    Metrics metrics = empty();
    new JvmMemoryMetrics().bindTo(metrics.registry);
    new JvmThreadMetrics().bindTo(metrics.registry);
    new ProcessorMetrics().bindTo(metrics.registry);
    new FileDescriptorMetrics().bindTo(metrics.registry);
    metrics.gc.bindTo(metrics.registry);
    return metrics;
  }

  /** Notes an answered request of a server. */
  public void requestAnswered(String operation, int status, Duration took) {
    requests
        .computeIfAbsent(operation, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            status,
            code ->
                timer(
                    "sbi.server.requests",
                    "operation",
                    operation,
                    "status",
                    Integer.toString(code)))
        .record(took);
  }

  /** A counter; {@code labels} are name, value, name, value, … */
  public Counter counter(String name, String... labels) {
    return Counter.builder(name).tags(labels).register(registry);
  }

  /** A timer with a histogram; {@code labels} as in {@link #counter}. */
  public Timer timer(String name, String... labels) {
    return Timer.builder(name).tags(labels).serviceLevelObjectives(BUCKETS).register(registry);
  }

  /**
   * A timer with a histogram from 50 µs to 250 ms, for what happens inside a machine; {@code
   * labels} as in {@link #counter}.
   */
  public Timer fineTimer(String name, String... labels) {
    return Timer.builder(name).tags(labels).serviceLevelObjectives(FINE_BUCKETS).register(registry);
  }

  /** A counter that asks {@code total}, which never falls; {@code labels} as above. */
  public void counted(String name, LongSupplier total, String... labels) {
    FunctionCounter.builder(name, total, LongSupplier::getAsLong).tags(labels).register(registry);
  }

  /** A gauge that asks {@code value}; {@code labels} as in {@link #counter}. */
  public void gauge(String name, Supplier<Number> value, String... labels) {
    Gauge.builder(name, value).tags(labels).strongReference(true).register(registry);
  }

  /** Everything in the Prometheus text format. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
