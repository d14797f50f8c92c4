package io.aipaging.smfadapter.steering.nftables;

import java.net.InetAddress;

/**
 * An anchor, or its gateway, as a neighbour of the N6 router: packets reach it as they are, under
 * the service address.
 *
 * @param address next hop; also the address of the anchor endpoints it leads to
 * @param index 1 to 254, unique in the gate: selects packet mark and routing table
 */
public record NextHop(InetAddress address, int index) {
  /** The bits of a packet mark that select a next hop. */
  static final int MASK = 0xff000000;

  private static final int TABLE_BASE = 1000;

  public NextHop {
    if (index < 1 || index > 254) {
      throw new IllegalArgumentException("next hop index must be 1 to 254: " + index);
    }
  }

  /** Packet mark of traffic for this next hop. */
  int mark() {
    return index << 24;
  }

  /** Routing table, also the preference of the rule that selects it. */
  int table() {
    return TABLE_BASE + index;
  }
}
