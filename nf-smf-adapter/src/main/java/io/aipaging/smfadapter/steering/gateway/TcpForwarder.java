package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.ServiceEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes TCP connections to one service address and relays those that a grant covers. */
final class TcpForwarder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpForwarder.class);
  private static final int BACKLOG = 128;

  private final GatewayConfig config;
  private final ServiceEndpoint service;
  private final GrantTable grants;
  private final Denials denials;
  private final Semaphore places;
  private final ThreadFactory threads = Thread.ofVirtual().name("relay-", 0).factory();
  private final ServerSocket listening;

  private TcpForwarder(
      GatewayConfig config, ServiceEndpoint service, GrantTable grants, Denials denials)
      throws IOException {
    this.config = config;
    this.service = service;
    this.grants = grants;
    this.denials = denials;
    this.places = new Semaphore(config.connectionsMax());
    this.listening = new ServerSocket(service.port(), BACKLOG, service.address());
  }

  static TcpForwarder start(
      GatewayConfig config, ServiceEndpoint service, GrantTable grants, Denials denials)
      throws IOException {
    TcpForwarder forwarder = new TcpForwarder(config, service, grants, denials);
    Thread.ofPlatform().daemon().name("accept " + service.port()).start(forwarder::acceptAll);
    return forwarder;
  }

  private void acceptAll() {
    while (!listening.isClosed()) {
      try {
        take(listening.accept());
      } catch (IOException e) {
        if (!listening.isClosed()) {
          LOG.atWarn().setCause(e).log("connection not accepted");
        }
      }
    }
  }

  private void take(Socket ue) {
    Optional<LiveGrant> grant = grants.find(ue.getInetAddress(), service);
    if (grant.isEmpty()) {
      denials.connection();
      TcpRelay.reset(ue);
    } else if (!places.tryAcquire()) {
      denials.overload();
      TcpRelay.reset(ue);
    } else {
      threads.newThread(() -> relay(ue, grant.get())).start();
    }
  }

  private void relay(Socket ue, LiveGrant grant) {
    Socket anchor = new Socket();
    TcpRelay relay = new TcpRelay(grant, ue, anchor, config.bufferBytes());
    Runnable cut = relay::cut;
    grant.whenEnded(cut);
    try {
      InetSocketAddress from = (InetSocketAddress) ue.getRemoteSocketAddress();
      InetSocketAddress to = (InetSocketAddress) ue.getLocalSocketAddress();
      var endpoint = grant.grant().anchor();
      anchor.connect(
          new InetSocketAddress(endpoint.address(), endpoint.port()),
          Math.toIntExact(config.connectTimeout().toMillis()));
      anchor.getOutputStream().write(ProxyHeader.relayed(from, to));
      relay.run(threads);
    } catch (IOException e) {
      relay.cut();
    } finally {
      grant.forget(cut);
      places.release();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
