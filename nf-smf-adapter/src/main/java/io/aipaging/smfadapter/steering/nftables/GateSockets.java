package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.netlink.NetlinkSocket;

/**
 * The gate's ways to the kernel.
 *
 * @param table its table
 * @param conntrack connections
 * @param routes hears of every change of links, routes and routing rules
 */
record GateSockets(KernelTable table, Conntrack conntrack, NetlinkSocket routes)
    implements AutoCloseable {
  private static final int LINK = 1;
  private static final int IPV4_ROUTE = 1 << 6;
  private static final int IPV4_RULE = 1 << 7;
  private static final int IPV6_ROUTE = 1 << 10;
  private static final int IPV6_RULE = 1 << 18;

  static GateSockets open(String table) throws NetlinkFailed {
    NetlinkSocket rules = NetlinkSocket.open(NetlinkSocket.NETFILTER);
    NetlinkSocket connections = null;
    try {
      connections = NetlinkSocket.open(NetlinkSocket.NETFILTER);
      NetlinkSocket routes =
          NetlinkSocket.hearing(
              NetlinkSocket.ROUTE, LINK | IPV4_ROUTE | IPV4_RULE | IPV6_ROUTE | IPV6_RULE);
      return new GateSockets(new KernelTable(table, rules), new Conntrack(connections), routes);
    } catch (NetlinkFailed e) {
      rules.close();
      if (connections != null) {
        connections.close();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    table.close();
    conntrack.close();
    routes.close();
  }
}
