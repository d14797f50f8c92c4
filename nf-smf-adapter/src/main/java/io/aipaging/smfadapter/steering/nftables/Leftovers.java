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

  /** Those of a flow that a step no longer carries. */
  Set<GrantId> notIn(SteeringStep step) {
    Set<GrantId> left = new HashSet<>(grants.getOrDefault(step.flow(), Set.of()));
    step.carried().forEach(carried -> left.remove(carried.grant().id()));
    return left;
  }

  /** Takes a step into account after what it no longer carries was forgotten. */
  void remember(SteeringStep step) {
    if (step.flow().service().protocol() != Transport.TCP) {
      return;
    }
    Set<GrantId> now = new HashSet<>();
    for (Carried carried : step.carried()) {
      if (elements.isRewritten(carried.grant().anchor().address())) {
        now.add(carried.grant().id());
      }
    }
    if (now.isEmpty()) {
      grants.remove(step.flow());
    } else {
      grants.put(step.flow(), now);
    }
  }
}
