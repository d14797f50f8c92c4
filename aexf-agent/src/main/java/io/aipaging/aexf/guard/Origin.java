package io.aipaging.aexf.guard;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection comes from.
 *
 * @param peer the TCP peer
 * @param sender who sends: the peer itself, or whom a listed gateway named in its PROXY header;
 *     null when a gateway named nobody
 * @param relayed whether the sender was named by a gateway
 */
public record Origin(InetAddress peer, @Nullable InetAddress sender, boolean relayed) {
  /** A peer that speaks for itself. */
  public static Origin direct(InetAddress peer) {
    return new Origin(peer, peer, false);
  }

  /** A gateway that named whom it relays, or null where it named nobody. */
  public static Origin relayed(InetAddress gateway, @Nullable InetAddress sender) {
    return new Origin(gateway, sender, true);
  }
}
