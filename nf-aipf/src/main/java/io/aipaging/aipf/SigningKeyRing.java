package io.aipaging.aipf;

import io.aipaging.aipf.keys.KeyRing;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log what becomes of signing keys, and lives with a store that is away. */
final class SigningKeyRing {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRing.class);

  private SigningKeyRing() {}

  static KeyRing.Observer observer(Metrics metrics) {
    Map<KeyRing.Step, Counter> counters = new EnumMap<>(KeyRing.Step.class);
    for (KeyRing.Step step : KeyRing.Step.values()) {
      counters.put(step, metrics.counter("aipf.signing.key.steps", "step", step.name()));
    }
    return (step, kid) -> {
      Objects.requireNonNull(counters.get(step)).increment();
      LOG.atInfo().addKeyValue("step", step).addKeyValue("kid", kid).log("signing key");
    };
  }

  /** Does {@code work} unless the store is away, which is told elsewhere; then later. */
  static Runnable whileThereIsAStore(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (StoreUnavailable e) {
        LOG.atDebug().addKeyValue("reason", e.getMessage()).log("signing keys as they were");
      }
    };
  }
}
