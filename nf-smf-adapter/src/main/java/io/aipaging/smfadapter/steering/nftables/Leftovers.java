package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which grants the kernel may remember TCP connections of whose destination is rewritten. It keeps
 * them when it ends a grant by itself, and a UE that uses their ports again would meet the old
 * destination. Not thread-safe.
 */
final class Leftovers {
  private static final int FLOWS_MAX = 65_536;
  private static final float LOAD = 0.75f;

  private final GateElements elements;
  private final Map<Flow, Set<GrantId>> grants =
      new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Set<GrantId>> eldest) {
          return size() > FLOWS_MAX;
        }
      };

  Leftovers(GateElements elements) {
    this.elements = elements;
  }

  /** Takes the grants that a step carries into account. */
  void remember(SteeringStep step) {
    if (step.flow().service().protocol() != Transport.TCP) {
      return;
    }
    for (Carried carried : step.carried()) {
      if (elements.isRewritten(carried.grant().anchor().address())) {
        grants.computeIfAbsent(step.flow(), first -> new HashSet<>()).add(carried.grant().id());
      }
    }
  }

  /** Those of a flow that a step no longer carries. */
  Set<GrantId> notIn(SteeringStep step) {
    Set<GrantId> known = grants.get(step.flow());
    if (known == null) {
      return Set.of();
    }
    Set<GrantId> left = new HashSet<>(known);
    step.carried().forEach(carried -> left.remove(carried.grant().id()));
    return left;
  }

  /** The kernel has forgotten the connections of a flow's grant. */
  void forgotten(Flow flow, GrantId grant) {
    grants.computeIfPresent(
        flow, (same, known) -> known.remove(grant) && known.isEmpty() ? null : known);
  }
}
