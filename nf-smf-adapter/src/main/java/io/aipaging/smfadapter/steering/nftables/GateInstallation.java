package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.net.InetAddress;
import java.util.Set;

/**
 * What is made by commands and stays: routes, routing rules and the table itself. A second chain
 * without rules carries the table's fingerprint as it was loaded in its name, so that an edit is
 * found also by a process that was not there when it was made. Not thread-safe.
 */
final class GateInstallation {
  private static final String FINGERPRINT = "f_";

  private final String tableName;
  private final GateRouting routing;
  private final GateRuleset ruleset;
  private final HostCommand host;
  private final GateSockets sockets;
  private volatile Set<InetAddress> unreachable = Set.of();
  private boolean routesInstalled;

  GateInstallation(NftablesConfig config, GateSockets sockets) {
    this.tableName = config.table();
    this.routing = new GateRouting(config);
    this.ruleset = GateRuleset.of(config);
    this.host = new HostCommand(config.commandPrefix());
    this.sockets = sockets;
  }

  /** Whether a link, a route or a routing rule has changed since they were made. */
  boolean mayBeDisturbed() {
    if (sockets.routes().heard()) {
      routesInstalled = false;
    }
    return !routesInstalled;
  }

  /** Whether the way to an anchor's next hop is gone; it is looked for whenever a link changes. */
  boolean isUnreachable(InetAddress nextHop) {
    return unreachable.contains(nextHop);
  }

  /** Makes what is missing or was edited; a table that is made anew has no grants. */
  void install() throws SteeringFailed, NetlinkFailed {
    if (mayBeDisturbed()) {
      unreachable = routing.install(host);
      // What was heard by now is mostly what was just done. A change that fell in between is found
      // when the next one is heard, and until then leads into the prohibition.
      var _ = sockets.routes().heard();
      routesInstalled = true;
    }
    if (!isIntact()) {
      host.require(ruleset.script(), "nft", "-f", "-");
      String chain = FINGERPRINT + sockets.table().fingerprint(GateRuleset.FIXED_SETS);
      host.require("add chain inet %s %s\n".formatted(tableName, chain), "nft", "-f", "-");
    }
  }

  private boolean isIntact() throws NetlinkFailed {
    KernelTable table = sockets.table();
    Set<String> chains = table.chainNames();
    return chains.contains(ruleset.version())
        && chains.contains(FINGERPRINT + table.fingerprint(GateRuleset.FIXED_SETS));
  }
}
