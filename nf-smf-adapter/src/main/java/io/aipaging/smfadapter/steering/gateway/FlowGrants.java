package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.smfadapter.steering.GrantId;
import java.util.List;
import java.util.Optional;

/**
 * The grants of one flow. A lease step replaces them as a whole, so nobody ever sees half a step.
 *
 * @param takesNew the one that takes new connections; empty while the flow only drains
 * @param all every grant, in no particular order
 */
record FlowGrants(Optional<LiveGrant> takesNew, List<LiveGrant> all) {
  static final FlowGrants NONE = new FlowGrants(Optional.empty(), List.of());

  FlowGrants {
    all = List.copyOf(all);
  }

  Optional<LiveGrant> find(GrantId id) {
    return all.stream().filter(live -> live.grant().id().equals(id)).findAny();
  }

  FlowGrants without(LiveGrant gone) {
    return new FlowGrants(
        takesNew.filter(live -> live != gone), all.stream().filter(live -> live != gone).toList());
  }
}
