package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.MessageWriter;
import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.netlink.NetlinkSocket;
import io.aipaging.smfadapter.steering.GrantId;

/** The connections the kernel remembers. Not thread-safe. */
record Conntrack(NetlinkSocket socket) implements AutoCloseable {
  private static final int DELETE = 1 << 8 | 2;
  private static final int MARK = 8;
  private static final int MARK_MASK = 21;
  private static final int EVERY_BIT = -1;

  /** Makes the kernel forget every connection of a grant. */
  void forget(GrantId grant) throws NetlinkFailed {
    MessageWriter writer = socket.writer();
    writer
        .begin(DELETE, 0, 0, 0)
        .number(MARK, (int) grant.value())
        .number(MARK_MASK, EVERY_BIT)
        .acknowledge();
    try {
      socket.request("connections of grant " + grant);
    } catch (NetlinkFailed e) {
      if (e.errno() != NetlinkFailed.ENOENT) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
