package io.aipaging.aipf;

import io.aipaging.aipf.keys.KeyRing;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.sbi.management.Metrics;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log what becomes of signing keys, and lives with a store that is away. */
final class SigningKeyRing {
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRing.class);

  private SigningKeyRing() {}

  static KeyRing.Observer observer(Metrics metrics) {
    return (step, kid) -> {
      String what = step.name().toLowerCase(Locale.ROOT);
      metrics.counter("aipf.signing.key.steps", "step", what).increment();
      LOG.atInfo().addKeyValue("step", what).addKeyValue("kid", kid).log("signing key");
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
