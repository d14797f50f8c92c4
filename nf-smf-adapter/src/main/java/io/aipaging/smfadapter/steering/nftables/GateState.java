package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.smfadapter.steering.GrantId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the driver believes the kernel holds: enough to name the data of an element it replaces.
 * Elements the kernel has let expire may still be here; naming them does no harm.
 */
final class GateState {
  private final Map<String, GrantId> selected = new HashMap<>();
  private final Map<GrantId, Integer> marks = new HashMap<>();

  /** Key of a flow in {@code lease_sel}. */
  static String key(Flow flow) {
    return flow.ue().address().getHostAddress() + " . " + GateRuleset.service(flow.service());
  }

  @Nullable GrantId selected(String key) {
    return selected.get(key);
  }

  @Nullable Integer mark(GrantId grant) {
    return marks.get(grant);
  }

  void select(String key, GrantId grant) {
    selected.put(key, grant);
  }

  void unselect(String key) {
    selected.remove(key);
  }

  void lead(GrantId grant, int mark) {
    marks.put(grant, mark);
  }

  void forget(GrantId grant) {
    marks.remove(grant);
  }

  /** Every grant with a way to its anchor. */
  Map<GrantId, Integer> marks() {
    return Map.copyOf(marks);
  }

  /** Every flow with a selector. */
  Map<String, GrantId> selected() {
    return Map.copyOf(selected);
  }
}
