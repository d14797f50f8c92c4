package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import org.jspecify.annotations.Nullable;

/**
 * Writes one nft transaction. An element is replaced by adding its old data, deleting and adding
 * anew: that works on live, expired and absent elements, and on kernels that do not update a
 * timeout in place.
 */
final class GateScript {
  /** The default of every map; also the life of an element that is only added to be deleted. */
  private static final String SHORT = "1s";

  private final String table;
  private final StringBuilder text = new StringBuilder();

  GateScript(String table) {
    this.table = table;
  }

  /**
   * Carries a grant. {@code grant_live} comes first, because timeouts start per element and the
   * authority must not outlive the way.
   *
   * @param markBefore the mark the kernel has for it; null when the grant is new
   */
  GateScript carry(Carried carried, int mark, @Nullable Integer markBefore) {
    GrantId grant = carried.grant().id();
    String timeout = carried.timeLeft().toMillis() + "ms";
    if (markBefore != null) {
      delete("grant_live", grant.toString(), null);
    }
    add("grant_live", grant.toString(), timeout, null);
    if (markBefore != null) {
      delete("grant_via", grant.toString(), hex(markBefore));
    }
    return add("grant_via", grant.toString(), timeout, hex(mark));
  }

  /** Ends a grant that has a mark in the kernel. */
  GateScript end(GrantId grant, int markBefore) {
    delete("grant_live", grant.toString(), null);
    return delete("grant_via", grant.toString(), hex(markBefore));
  }

  /**
   * Points new connections of a flow at a grant.
   *
   * @param before the grant they went to; null when the flow has no selector
   */
  GateScript select(String key, Carried carried, @Nullable GrantId before) {
    if (before != null) {
      unselect(key, before);
    }
    String timeout = carried.timeLeft().toMillis() + "ms";
    return add("lease_sel", key, timeout, carried.grant().id().toString());
  }

  /** Takes a flow's selector away. */
  GateScript unselect(String key, GrantId before) {
    return delete("lease_sel", key, before.toString());
  }

  /** Lets connections from a local port travel over a grant. */
  GateScript probe(int port, GrantId grant, @Nullable GrantId before, long timeoutMillis) {
    String key = Integer.toString(port);
    if (before != null) {
      delete("probe_sel", key, before.toString());
    }
    return add("probe_sel", key, timeoutMillis + "ms", grant.toString());
  }

  /** The transaction. */
  String text() {
    return text.toString();
  }

  private GateScript delete(String map, String key, @Nullable String data) {
    add(map, key, SHORT, data);
    text.append("delete element ip %s %s { %s }\n".formatted(table, map, key));
    return this;
  }

  private GateScript add(String map, String key, String timeout, @Nullable String data) {
    text.append("add element ip %s %s { %s timeout %s".formatted(table, map, key, timeout));
    if (data != null) {
      text.append(" : ").append(data);
    }
    text.append(" }\n");
    return this;
  }

  private static String hex(int mark) {
    return "0x%08x".formatted(mark);
  }
}
