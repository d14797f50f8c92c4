package io.aipaging.smfadapter.steering.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A connection of the gateway itself to a grant's anchor, cut when the grant ends. */
final class ProbeConnection extends Socket {
  private final LiveGrant grant;
  private final Runnable cut = this::reset;

  private ProbeConnection(LiveGrant grant) {
    this.grant = grant;
  }

  /**
   * Connects and tells the anchor that the gateway speaks for itself.
   *
   * @throws IOException when the grant is not in force or nobody answers in time
   */
  static Socket open(LiveGrant grant, Duration timeMax) throws IOException {
    ProbeConnection connection = new ProbeConnection(grant);
    grant.whenEnded(connection.cut);
    try {
      // Header and question are two writes: without this the second waits for a delayed ACK.
      connection.setTcpNoDelay(true);
      grant.requireLive();
      var anchor = grant.grant().anchor();
      connection.connect(
          new InetSocketAddress(anchor.address(), anchor.port()),
          Math.toIntExact(Math.max(1, timeMax.toMillis())));
      grant.requireLive();
      connection.getOutputStream().write(ProxyHeader.own());
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  private void reset() {
    try (this) {
      setSoLinger(true, 0);
    } catch (IOException closedOrBroken) {
      // Then there is nothing to reset.
    }
  }

  @Override
  public void close() throws IOException {
    grant.forget(cut);
    super.close();
  }
}
