package io.aipaging.smfadapter.steering.gateway;

import java.time.Duration;
import java.util.LinkedHashSet;

/**
 * Connections that are over in both directions. Their last bytes may still wait in the kernel for a
 * slow receiver, and a plain close would let the kernel send them for minutes, past the end of the
 * grant. So they stay within reach of their grant for a while and then end by reset, which does
 * nothing to those that have long delivered everything. Thread-safe.
 */
final class Finishing {
  private final int max;
  private final Duration timeMax;
  private final LinkedHashSet<TcpRelay> held = new LinkedHashSet<>();

  /**
   * Nothing held yet.
   *
   * @param max connections held at once; one more ends the oldest
   * @param timeMax how long one is held
   */
  Finishing(int max, Duration timeMax) {
    this.max = max;
    this.timeMax = timeMax;
  }

  /** Returns when the relay is cut, by its grant or because it has had time enough. */
  void hold(TcpRelay relay) {
    TcpRelay oldest = add(relay);
    if (oldest != relay) {
      oldest.cut();
    }
    relay.awaitCut(timeMax);
    relay.cut();
    remove(relay);
  }

  /** Adds one; the oldest if there are too many, otherwise the one added. */
  private synchronized TcpRelay add(TcpRelay relay) {
    held.add(relay);
    return held.size() > max ? held.removeFirst() : relay;
  }

  private synchronized void remove(TcpRelay relay) {
    held.remove(relay);
  }
}
