package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.NamespaceLock;
import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.netlink.NetlinkSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The gate's ways to the kernel.
 *
 * @param lock makes this the only process that writes the table
 * @param table its table
 * @param conntrack connections
 * @param routes hears of every change of links, routes and routing rules
 */
record GateSockets(NamespaceLock lock, KernelTable table, Conntrack conntrack, NetlinkSocket routes)
    implements AutoCloseable {
  private static final int LINK = 1;
  private static final int IPV4_ROUTE = 1 << 6;
  private static final int IPV4_RULE = 1 << 7;
  private static final int IPV6_ROUTE = 1 << 10;
  private static final int IPV6_RULE = 1 << 18;

  /**
   * Opens them.
   *
   * @throws NetlinkFailed when the kernel refuses, or another process has the table
   */
  static GateSockets open(String table) throws NetlinkFailed {
    Deque<Runnable> closing = new ArrayDeque<>();
    try {
      NamespaceLock lock = NamespaceLock.take("aipaging gate, table " + table);
      closing.push(lock::close);
      NetlinkSocket rules = NetlinkSocket.open(NetlinkSocket.NETFILTER);
      closing.push(rules::close);
      NetlinkSocket connections = NetlinkSocket.open(NetlinkSocket.NETFILTER);
      closing.push(connections::close);
      NetlinkSocket routes =
          NetlinkSocket.hearing(
              NetlinkSocket.ROUTE, LINK | IPV4_ROUTE | IPV4_RULE | IPV6_ROUTE | IPV6_RULE);
      return new GateSockets(
          lock, new KernelTable(table, rules), new Conntrack(connections), routes);
    } catch (NetlinkFailed e) {
      closing.forEach(Runnable::run);
      throw e;
    }
  }

  @Override
  public void close() {
    table.close();
    conntrack.close();
    routes.close();
    lock.close();
  }
}
