package io.aipaging.aipf;

import io.aipaging.aipf.relocation.RelocationDispatcher;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts moves by trigger and by how they ended; logs what broke. */
final class MoveMetrics implements RelocationDispatcher.Observer {
  private static final Logger LOG = LoggerFactory.getLogger(MoveMetrics.class);
  private static final List<String> OUTCOMES =
      List.of("MOVED", "KEPT_OLD_PATH", "ENDED", "NOT_MOVABLE", "DROPPED", "FAILED");
  private final Map<String, Map<String, Counter>> byTrigger = new TreeMap<>();

  MoveMetrics(Metrics metrics) {
    for (String trigger : Trigger.WORDS) {
      Map<String, Counter> counters = new TreeMap<>();
      for (String how : OUTCOMES) {
        counters.put(how, metrics.counter("aipf.relocations", "trigger", trigger, "outcome", how));
      }
      byTrigger.put(trigger, counters);
    }
  }

  @Override
  public void ended(Trigger trigger, RelocationOutcome outcome) {
    String how =
        switch (outcome) {
          case RelocationOutcome.Moved _ -> "MOVED";
          case RelocationOutcome.KeptOldPath _ -> "KEPT_OLD_PATH";
          case RelocationOutcome.Ended _ -> "ENDED";
          case RelocationOutcome.NotMovable _, RelocationOutcome.Unknown _ -> "NOT_MOVABLE";
        };
    count(trigger, how);
  }

  @Override
  public void dropped(Trigger trigger) {
    count(trigger, "DROPPED");
  }

  @Override
  public void failed(Trigger trigger, RuntimeException cause) {
    count(trigger, "FAILED");
    LOG.atWarn().addKeyValue("trigger", trigger.word()).setCause(cause).log("move failed");
  }

  private void count(Trigger trigger, String how) {
    Counter counter = Objects.requireNonNull(byTrigger.get(trigger.word())).get(how);
    Objects.requireNonNull(counter).increment();
  }
}
