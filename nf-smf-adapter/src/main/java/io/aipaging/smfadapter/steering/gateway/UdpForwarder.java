package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.smfadapter.steering.gateway.Places.Place;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes datagrams to one service address and relays those that a grant covers. Each UE port has a
 * socket of its own towards the anchor; a little before its grant ends, the next datagram takes the
 * flow's newest grant, while answers still come back.
 *
 * <p>Empty datagrams go no further, since a connected {@link DatagramSocket} sends none. An anchor
 * is not told whose datagrams these are: the PROXY protocol leaves a header per datagram optional
 * and few servers expect one. A service that must know its UEs by address is reached over TCP or
 * through the kernel gate.
 */
final class UdpForwarder implements Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(UdpForwarder.class);
  private static final int DATAGRAM_BYTES_MAX = 65_535;
  private static final int ATTEMPTS_MAX = 2;
  private static final Duration JOIN_TIME_MAX = Duration.ofSeconds(2);

  private final Forwarding shared;
  private final ServiceEndpoint service;
  private final DatagramSocket listening;
  private final Thread taking;
  private final Map<InetSocketAddress, UdpAssociation> associations = new ConcurrentHashMap<>();

  private UdpForwarder(Forwarding shared, ServiceEndpoint service) throws IOException {
    this.shared = shared;
    this.service = service;
    this.listening = new DatagramSocket(service.port(), service.address());
    this.taking =
        Thread.ofPlatform().daemon().name("gateway udp " + service.port()).unstarted(this::takeAll);
  }

  static UdpForwarder start(Forwarding shared, ServiceEndpoint service) throws IOException {
    UdpForwarder forwarder = new UdpForwarder(shared, service);
    forwarder.taking.start();
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
          shared.denials().datagram();
          LOG.atDebug().setCause(e).log("datagram not passed on");
        }
      }
    }
  }

  /** A grant that ends just now may have a successor: then the datagram takes that one's way. */
  private void take(DatagramPacket packet) throws IOException {
    InetSocketAddress ue = (InetSocketAddress) packet.getSocketAddress();
    for (int attempt = 1; ; attempt++) {
      Optional<UdpAssociation> association = way(ue);
      if (association.isEmpty()) {
        return;
      }
      try {
        association.get().send(packet.getData(), packet.getLength());
        return;
      } catch (IOException e) {
        if (association.get().isOpen() || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  private Optional<UdpAssociation> way(InetSocketAddress ue) throws IOException {
    UdpAssociation association = associations.get(ue);
    if (association != null && association.isOpen()) {
      return association.isEnding() ? successor(ue, association) : Optional.of(association);
    }
    if (association != null) {
      // Its place must be free before the next one asks for it.
      association.close();
    }
    return open(ue);
  }

  /** Where the flow has a newer grant, the old way stays open for the answers under way. */
  private Optional<UdpAssociation> successor(InetSocketAddress ue, UdpAssociation ending)
      throws IOException {
    Optional<LiveGrant> newest = shared.grants().find(ue.getAddress(), service);
    if (newest.isEmpty() || ending.isOf(newest.get())) {
      return Optional.of(ending);
    }
    Optional<UdpAssociation> opened = open(ue, newest.get());
    return opened.isPresent() ? opened : Optional.of(ending);
  }

  private Optional<UdpAssociation> open(InetSocketAddress ue) throws IOException {
    Optional<LiveGrant> grant = shared.grants().find(ue.getAddress(), service);
    if (grant.isEmpty() || ue.getPort() == 0) { // Nobody can be answered on port 0.
      shared.denials().datagram();
      return Optional.empty();
    }
    return open(ue, grant.get());
  }

  private Optional<UdpAssociation> open(InetSocketAddress ue, LiveGrant grant) throws IOException {
    Optional<Place> place = shared.peers().tryTake(grant.flow().ue());
    if (place.isEmpty()) {
      shared.denials().overload();
      return Optional.empty();
    }
    UdpAssociation opened = UdpAssociation.open(grant, place.get(), shared.config().datagramIdle());
    associations.put(ue, opened);
    shared.workers().execute(() -> passAnswers(ue, opened));
    return Optional.of(opened);
  }

  private void passAnswers(InetSocketAddress ue, UdpAssociation association) {
    try {
      association.passAnswers(
          answer -> listening.send(new DatagramPacket(answer.getData(), answer.getLength(), ue)));
    } finally {
      associations.remove(ue, association);
    }
  }

  /** Stops listening and closes every association. */
  @Override
  public void close() {
    listening.close();
    try {
      taking.join(JOIN_TIME_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    associations.values().forEach(UdpAssociation::close);
  }
}
