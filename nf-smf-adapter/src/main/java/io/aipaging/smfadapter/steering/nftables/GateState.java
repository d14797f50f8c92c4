package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the driver believes the kernel holds: enough to name the data of an element it replaces.
 * Elements the kernel has let expire may still be here; naming them does no harm.
 */
final class GateState {
  private static final int PRUNE_ABOVE_MIN = 1_024;

  /** The kernel drops an expired element at once; the slack only has to exceed its tick. */
  private static final long SLACK_NANOS = Duration.ofSeconds(1).toNanos();

  /** Time left with which an element does not expire before it is written of. */
  private static final long SURE_NANOS = Duration.ofMillis(100).toNanos();

  private final Map<Flow, Grant> selected = new HashMap<>();
  private final Map<GrantId, Led> led = new HashMap<>();
  private int pruneAbove = PRUNE_ABOVE_MIN;

  /**
   * A grant in the kernel.
   *
   * @param untilNanos when its elements have surely expired, {@link System#nanoTime}
   */
  private record Led(Grant grant, long untilNanos) {}

  /** The grant new connections of a flow go to; null when there is none. */
  @Nullable Grant selected(Flow flow) {
    return selected.get(flow);
  }

  /** A grant as it was written last; null when it is not in the kernel. */
  @Nullable Grant led(GrantId grant) {
    Led found = led.get(grant);
    return found == null ? null : found.grant();
  }

  /** Whether the elements of a grant are in the kernel if nobody else took them away. */
  boolean isSurelyThere(GrantId grant) {
    Led found = led.get(grant);
    return found != null && found.untilNanos() - System.nanoTime() > SLACK_NANOS + SURE_NANOS;
  }

  /**
   * Takes a step that is in force into account.
   *
   * @param fromNanos since when at the latest its times run, {@link System#nanoTime}
   */
  void remember(SteeringStep step, long fromNanos) {
    selected.remove(step.flow());
    for (Carried carried : step.carried()) {
      Grant grant = carried.grant();
      led.put(grant.id(), new Led(grant, fromNanos + carried.timeLeft().toNanos() + SLACK_NANOS));
      if (carried.takesNew()) {
        selected.put(step.flow(), grant);
      }
    }
    step.ended().forEach(grant -> led.remove(grant.id()));
    if (led.size() > pruneAbove) {
      prune(System.nanoTime());
    }
  }

  /** Forgets everything. */
  void clear() {
    led.clear();
    selected.clear();
  }

  /** A selector never outlives its grant, so both go together. */
  private void prune(long now) {
    led.values().removeIf(grant -> grant.untilNanos() - now < 0);
    selected.values().removeIf(grant -> !led.containsKey(grant.id()));
    pruneAbove = Math.max(PRUNE_ABOVE_MIN, 2 * led.size());
  }
}
