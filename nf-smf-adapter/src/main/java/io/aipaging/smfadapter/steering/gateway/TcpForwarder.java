package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.gateway.Places.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes TCP connections to one service address and relays those that a grant covers. */
final class TcpForwarder implements Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(TcpForwarder.class);
  private static final int BACKLOG = 1_024;
  private static final long PAUSE_MILLIS = 100;
  private static final Duration JOIN_TIME_MAX = Duration.ofSeconds(2);

  private final Forwarding shared;
  private final ServiceEndpoint service;
  private final ServerSocketChannel listening;
  private final Thread accepting;
  private final CountDownLatch closed = new CountDownLatch(1);

  private TcpForwarder(Forwarding shared, ServiceEndpoint service, ServerSocketChannel listening) {
    this.shared = shared;
    this.service = service;
    this.listening = listening;
    this.accepting =
        Thread.ofPlatform()
            .daemon()
            .name("gateway tcp " + service.port())
            .unstarted(this::acceptAll);
  }

  static TcpForwarder start(Forwarding shared, ServiceEndpoint service) throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      // Before binding: connections inherit it, and announce their window accordingly.
      listening.setOption(StandardSocketOptions.SO_RCVBUF, shared.config().kernelBufferBytes());
      listening.bind(new InetSocketAddress(service.address(), service.port()), BACKLOG);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    TcpForwarder forwarder = new TcpForwarder(shared, service, listening);
    forwarder.accepting.start();
    return forwarder;
  }

  private void acceptAll() {
    while (listening.isOpen()) {
      try {
        take(listening.accept());
      } catch (IOException e) {
        if (listening.isOpen()) {
          LOG.atWarn().setCause(e).log("connection not accepted");
          pause();
        }
      }
    }
  }

  /** Out of descriptors, the next attempt fails as well until some connection ends. */
  private void pause() {
    try {
      boolean _ = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(SocketChannel ue) {
    Optional<LiveGrant> grant = shared.grants().find(ue.socket().getInetAddress(), service);
    if (grant.isEmpty()) {
      shared.denials().connection();
      TcpRelay.reset(ue);
      return;
    }
    Optional<Place> place = shared.connections().tryTake(grant.get().flow().ue());
    if (place.isEmpty()) {
      shared.denials().overload();
      TcpRelay.reset(ue);
      return;
    }
    shared.workers().execute(() -> relay(grant.get(), ue, place.get()));
  }

  private void relay(LiveGrant grant, SocketChannel ue, Place taken) {
    try (Place place = taken;
        TcpRelay relay = TcpRelay.open(grant, ue, shared.config())) {
      relay.connect();
      relay.passBoth();
      place.giveBack();
      shared.finishing().hold(relay);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("connection not relayed");
      TcpRelay.reset(ue);
    }
  }

  /** Stops listening; connections live on by their grants. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
      accepting.join(JOIN_TIME_MAX);
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("a listener did not close");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
