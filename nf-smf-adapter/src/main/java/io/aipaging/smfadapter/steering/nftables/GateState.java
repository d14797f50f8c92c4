package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.GrantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the driver believes the kernel holds: enough to name the data of an element it replaces.
 * Elements the kernel has let expire may still be here; naming them does no harm.
 */
final class GateState {
  private static final int PRUNE_ABOVE_MIN = 1_024;

  /** The kernel drops an expired element at once; the slack only has to exceed its tick. */
  private static final long SLACK_NANOS = Duration.ofSeconds(5).toNanos();

  private final Map<String, GrantId> selected = new HashMap<>();
  private final Map<GrantId, Way> ways = new HashMap<>();
  private int pruneAbove = PRUNE_ABOVE_MIN;

  /** The mark of a grant, and when its element has surely expired, {@link System#nanoTime}. */
  private record Way(int mark, long untilNanos) {}

  /** Key of a flow in {@code lease_sel}. */
  static String key(Flow flow) {
    return flow.ue().address().getHostAddress() + " . " + GateRuleset.service(flow.service());
  }

  @Nullable GrantId selected(String key) {
    return selected.get(key);
  }

  @Nullable Integer mark(GrantId grant) {
    Way way = ways.get(grant);
    return way == null ? null : way.mark();
  }

  void select(String key, GrantId grant) {
    selected.put(key, grant);
  }

  void unselect(String key) {
    selected.remove(key);
  }

  void lead(GrantId grant, int mark, Duration timeLeft) {
    ways.put(grant, new Way(mark, System.nanoTime() + timeLeft.toNanos() + SLACK_NANOS));
    if (ways.size() > pruneAbove) {
      prune();
    }
  }

  void forget(GrantId grant) {
    ways.remove(grant);
  }

  /** Every grant with a way to its anchor. */
  Map<GrantId, Integer> marks() {
    Map<GrantId, Integer> marks = new TreeMap<>();
    ways.forEach((grant, way) -> marks.put(grant, way.mark()));
    return marks;
  }

  /** Every flow with a selector. */
  Map<String, GrantId> selected() {
    return new TreeMap<>(selected);
  }

  /** A selector never outlives the way of its grant, so both go together. */
  private void prune() {
    long now = System.nanoTime();
    ways.values().removeIf(way -> way.untilNanos() - now < 0);
    selected.values().removeIf(grant -> !ways.containsKey(grant));
    pruneAbove = Math.max(PRUNE_ABOVE_MIN, 2 * ways.size());
  }
}
