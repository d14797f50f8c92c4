package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.ServiceEndpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes datagrams to one service address and relays those that a grant covers. Each UE port has a
 * socket of its own towards the anchor; when its grant ends, the next datagram takes the flow's
 * current grant.
 */
final class UdpForwarder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpForwarder.class);
  private static final int DATAGRAM_BYTES_MAX = 65_535;

  private final GatewayConfig config;
  private final ServiceEndpoint service;
  private final GrantTable grants;
  private final Denials denials;
  private final DatagramSocket listening;
  private final Map<SocketAddress, Peer> peers = new ConcurrentHashMap<>();

  private UdpForwarder(
      GatewayConfig config, ServiceEndpoint service, GrantTable grants, Denials denials)
      throws IOException {
    this.config = config;
    this.service = service;
    this.grants = grants;
    this.denials = denials;
    this.listening = new DatagramSocket(service.port(), service.address());
  }

  /** A UE's port and its socket towards the anchor. */
  private record Peer(LiveGrant grant, DatagramSocket towardsAnchor) {}

  static UdpForwarder start(
      GatewayConfig config, ServiceEndpoint service, GrantTable grants, Denials denials)
      throws IOException {
    UdpForwarder forwarder = new UdpForwarder(config, service, grants, denials);
    Thread.ofPlatform().daemon().name("datagrams " + service.port()).start(forwarder::takeAll);
    return forwarder;
  }

  private void takeAll() {
    DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
    while (!listening.isClosed()) {
      try {
        packet.setLength(DATAGRAM_BYTES_MAX);
        listening.receive(packet);
        take(packet);
      } catch (IOException e) {
        if (!listening.isClosed()) {
          LOG.atDebug().setCause(e).log("datagram not taken");
        }
      }
    }
  }

  private void take(DatagramPacket packet) throws IOException {
    InetSocketAddress ue = (InetSocketAddress) packet.getSocketAddress();
    Peer peer = peers.get(ue);
    if (peer == null || !peer.grant().isLive() || peer.towardsAnchor().isClosed()) {
      if (peer != null) {
        peer.towardsAnchor().close();
        peers.remove(ue, peer);
      }
      peer = open(ue);
    }
    if (peer != null) {
      peer.towardsAnchor()
          .send(
              new DatagramPacket(
                  packet.getData(),
                  packet.getLength(),
                  peer.towardsAnchor().getRemoteSocketAddress()));
    }
  }

  private @Nullable Peer open(InetSocketAddress ue) throws IOException {
    Optional<LiveGrant> grant = grants.find(ue.getAddress(), service);
    if (grant.isEmpty()) {
      denials.datagram();
      return null;
    }
    if (peers.size() >= config.datagramPeersMax()) {
      denials.overload();
      return null;
    }
    var anchor = grant.get().grant().anchor();
    DatagramSocket socket = new DatagramSocket();
    socket.connect(new InetSocketAddress(anchor.address(), anchor.port()));
    socket.setSoTimeout(Math.toIntExact(config.datagramIdle().toMillis()));
    Peer peer = new Peer(grant.get(), socket);
    peers.put(ue, peer);
    Thread.ofVirtual().name("answers").start(() -> answerAll(ue, peer));
    return peer;
  }

  /** Passes answers back until the grant ends or nothing is said for too long. */
  private void answerAll(InetSocketAddress ue, Peer peer) {
    Runnable cut = peer.towardsAnchor()::close;
    peer.grant().whenEnded(cut);
    DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
    try (DatagramSocket socket = peer.towardsAnchor()) {
      while (true) {
        packet.setLength(DATAGRAM_BYTES_MAX);
        socket.receive(packet);
        if (!peer.grant().isLive()) {
          return;
        }
        listening.send(new DatagramPacket(packet.getData(), packet.getLength(), ue));
      }
    } catch (IOException idleOrClosed) {
      // The next datagram of this UE port opens another way.
    } finally {
      peer.grant().forget(cut);
      peers.remove(ue, peer);
    }
  }

  @Override
  public void close() {
    listening.close();
    peers.values().forEach(peer -> peer.towardsAnchor().close());
  }
}
