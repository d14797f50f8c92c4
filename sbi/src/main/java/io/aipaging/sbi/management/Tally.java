package io.aipaging.sbi.management;

import io.aipaging.openapi.Refusal;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Counters of one metric that differ in one label. Its values are known beforehand, so that each is
 * shown from the start; what is not known counts as {@code OTHER}.
 */
public final class Tally {
  /** Value of the label for what is not known. */
  public static final String OTHER = "OTHER";

  private final Map<String, Counter> counters = new TreeMap<>();

  /** Counters of {@code metric} for each of {@code values} and for {@link #OTHER}. */
  public Tally(Metrics metrics, String metric, String label, Set<String> values) {
    values.forEach(value -> counters.put(value, metrics.counter(metric, label, value)));
    counters.putIfAbsent(OTHER, metrics.counter(metric, label, OTHER));
  }

  /** Does {@code operation} and counts the cause of its refusal, if it is refused. */
  public <T> T refusalsOf(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (Refusal e) {
      count(e.problemCause());
      throw e;
    }
  }

  /** Counts {@code value} once. */
  public void count(String value) {
    Counter known = counters.get(value);
    (known == null ? Objects.requireNonNull(counters.get(OTHER)) : known).increment();
  }
}
