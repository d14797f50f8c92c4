package io.aipaging.aipf.relocation;

import io.aipaging.aipf.enforcement.AnchorWatch;
import io.aipaging.aipf.selection.AnchorHealth;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The condition of every anchor, and the triggers that follow from it, raised anew with every
 * report for as long as they last. Thread-safe.
 */
public final class AnchorConditions implements AnchorWatch.Listener {
  private final AnchorCondition.Rules rules;
  private final InstantSource clock;
  private final RelocationTriggers triggers;
  private final Map<String, AnchorCondition> conditions = new ConcurrentHashMap<>();

  /** Raises {@code triggers}. */
  public AnchorConditions(
      AnchorCondition.Rules rules, InstantSource clock, RelocationTriggers triggers) {
    this.rules = rules;
    this.clock = clock;
    this.triggers = triggers;
  }

  /** The condition of an anchor; empty before its first report. */
  public Optional<AnchorCondition> of(String anchorId) {
    return Optional.ofNullable(conditions.get(anchorId));
  }

  @Override
  public void asked(String anchorId, Optional<AnchorHealth> report) {
    AnchorCondition condition =
        conditions
            .getOrDefault(anchorId, AnchorCondition.NEW)
            .after(report, rules, clock.instant());
    conditions.put(anchorId, condition);
    if (condition.repels()) {
      triggers.raise(
          condition.state() == AnchorCondition.State.LOST
              ? new Trigger.AnchorLost(anchorId)
              : new Trigger.AnchorUnhealthy(anchorId));
    } else if (condition.draining()) {
      triggers.raise(new Trigger.AnchorDraining(anchorId));
    }
  }
}
