package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

  private final Map<Flow, GrantId> selected = new HashMap<>();
  private final Map<GrantId, Led> led = new HashMap<>();
  private int pruneAbove = PRUNE_ABOVE_MIN;

  /**
   * A grant in the kernel.
   *
   * @param flow whose packets it carries
   * @param untilNanos when its elements have surely expired, {@link System#nanoTime}
   */
  record Led(Flow flow, Grant grant, long untilNanos) {}

  /** The grant new connections of a flow go to; null when there is none. */
  @Nullable GrantId selected(Flow flow) {
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

  /** Takes a step that is in force into account; the grants that are surely over meanwhile. */
  List<Led> remember(SteeringStep step) {
    selected.remove(step.flow());
    long now = System.nanoTime();
    for (Carried carried : step.carried()) {
      Grant grant = carried.grant();
      led.put(
          grant.id(),
          new Led(step.flow(), grant, now + carried.timeLeft().toNanos() + SLACK_NANOS));
      if (carried.takesNew()) {
        selected.put(step.flow(), grant.id());
      }
    }
    step.ended().forEach(grant -> led.remove(grant.id()));
    return led.size() > pruneAbove ? prune(now) : List.of();
  }

  /** Forgets everything. */
  void clear() {
    led.clear();
    selected.clear();
  }

  /** A selector never outlives its grant, so both go together. */
  private List<Led> prune(long now) {
    List<Led> over = new ArrayList<>();
    led.values().stream().filter(grant -> grant.untilNanos() - now < 0).forEach(over::add);
    over.forEach(grant -> led.remove(grant.grant().id()));
    selected.values().removeIf(grant -> !led.containsKey(grant));
    pruneAbove = Math.max(PRUNE_ABOVE_MIN, 2 * led.size());
    return over;
  }
}
