package io.aipaging.pcfadapter;

import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.pcfadapter.qosbinding.AppSessionTerms;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures what is asked of the core, by operation and by how it ended. */
final class MeasuredPolicyAuthorization implements PolicyAuthorization {
  private final PolicyAuthorization core;
  private final Map<Class<?>, Timer> timers = new HashMap<>();

  MeasuredPolicyAuthorization(PolicyAuthorization core, Metrics metrics) {
    this.core = core;
    enter(metrics, "create", Created.class);
    enter(metrics, "read", Shown.class);
    enter(metrics, "update", Updated.class);
    enter(metrics, "delete", Deleted.class);
  }

  private void enter(Metrics metrics, String operation, Class<?> outcomes) {
    for (Class<?> outcome : Objects.requireNonNull(outcomes.getPermittedSubclasses())) {
      String word = outcome.getSimpleName().toUpperCase(Locale.ROOT);
      timers.put(
          outcome,
          metrics.timer("pcfadapter.n5.operations", "operation", operation, "outcome", word));
    }
  }

  private <T> T measured(Supplier<T> operation) {
    long begun = System.nanoTime();
    T outcome = operation.get();
    Objects.requireNonNull(timers.get(outcome.getClass()))
        .record(Duration.ofNanos(System.nanoTime() - begun));
    return outcome;
  }

  @Override
  public Created create(AppSessionOrder order) {
    return measured(() -> core.create(order));
  }

  @Override
  public Shown read(String appSessionId) {
    return measured(() -> core.read(appSessionId));
  }

  @Override
  public Updated update(String appSessionId, AppSessionTerms terms) {
    return measured(() -> core.update(appSessionId, terms));
  }

  @Override
  public boolean endsByItself(String appSessionId) {
    return core.endsByItself(appSessionId);
  }

  @Override
  public Deleted delete(String appSessionId) {
    return measured(() -> core.delete(appSessionId));
  }

  @Override
  public boolean isNamed(String appSessionId, String resUri) {
    return core.isNamed(appSessionId, resUri);
  }

  @Override
  public @Nullable String named(String resUri) {
    return core.named(resUri);
  }
}
