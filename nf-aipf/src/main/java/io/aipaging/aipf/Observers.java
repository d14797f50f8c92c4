package io.aipaging.aipf;

import io.aipaging.aipf.lease.Leases;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.paging.Stage;
import io.aipaging.aipf.paging.StageObserver;
import io.aipaging.aipf.upkeep.SessionKeeper;
import io.aipaging.aipf.upkeep.TransitionLog;
import io.aipaging.protocol.SessionId;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells metrics and log of pages and transitions; meters are looked up once, not every time. */
final class Observers {
  private final Metrics metrics;

  Observers(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Told of every transition; passes it on to {@code keeper}. */
  Leases.Watcher watcher(SessionKeeper keeper) {
    TransitionLog log = new TransitionLog();
    TransitionMetrics transitions = new TransitionMetrics(metrics);
    Counter uncertain = metrics.counter("aipf.store.uncertain");
    return new Leases.Watcher() {
      @Override
      public void moved(Transition transition) {
        transitions.moved(transition);
        keeper.moved(transition);
        log.accept(transition);
      }

      @Override
      public void uncertain(SessionId session) {
        uncertain.increment();
        keeper.uncertain(session);
      }
    };
  }

  /** Told of every page's stages; passes them on to {@code besides}. */
  StageObserver stages(@Nullable StageObserver besides) {
    Map<Stage, Timer> timers = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      timers.put(stage, metrics.timer("aipf.page.stage", "stage", stage.name()));
    }
    return (stage, took) -> {
      Objects.requireNonNull(timers.get(stage)).record(took);
      if (besides != null) {
        besides.took(stage, took);
      }
    };
  }
}
