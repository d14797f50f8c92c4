package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.gateway.Places.Place;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A UE's port and its socket towards the anchor of one grant. Thread-safe. */
final class UdpAssociation implements AutoCloseable {
  private static final int DATAGRAM_BYTES_MAX = 65_535;

  private final LiveGrant grant;
  private final Place place;
  private final DatagramSocket socket;
  private final long idleNanos;
  private final Runnable cut = this::close;
  private volatile long usedNanos = System.nanoTime();

  private UdpAssociation(LiveGrant grant, Place place, DatagramSocket socket, Duration idle) {
    this.grant = grant;
    this.place = place;
    this.socket = socket;
    this.idleNanos = idle.toNanos();
  }

  /** Takes answers. */
  interface Answers {
    void take(DatagramPacket answer) throws IOException;
  }

  /** Opens a way to the grant's anchor that ends with the grant; {@code place} goes with it. */
  static UdpAssociation open(LiveGrant grant, Place place, Duration idle) throws IOException {
    DatagramSocket socket = null;
    try {
      socket = new DatagramSocket();
      var anchor = grant.grant().anchor();
      socket.connect(new InetSocketAddress(anchor.address(), anchor.port()));
    } catch (IOException e) {
      place.giveBack();
      if (socket != null) {
        socket.close();
      }
      throw e;
    }
    UdpAssociation association = new UdpAssociation(grant, place, socket, idle);
    grant.whenEnded(association.cut);
    return association;
  }

  boolean isOpen() {
    return !socket.isClosed() && grant.isLive();
  }

  /** Whether its grant is about to end: a successor should take what comes now. */
  boolean isEnding() {
    return grant.deadlineNanos() - System.nanoTime() < SteeringStep.TURN.toNanos();
  }

  boolean isOf(LiveGrant other) {
    return grant == other;
  }

  /** Passes a datagram on to the anchor. */
  void send(byte[] data, int length) throws IOException {
    usedNanos = System.nanoTime();
    DatagramPacket packet = new DatagramPacket(data, length, socket.getRemoteSocketAddress());
    grant.requireLive();
    try {
      socket.send(packet);
    } catch (PortUnreachableException earlier) {
      // What an earlier datagram met; this one has not been sent yet.
      grant.requireLive();
      socket.send(packet);
    }
  }

  /** Passes answers on until the grant ends or nothing is said in either direction for too long. */
  void passAnswers(Answers answers) {
    DatagramPacket packet = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
    try {
      for (long left = idleNanos; left > 0; left = idleNanos - (System.nanoTime() - usedNanos)) {
        if (received(packet, left)) {
          usedNanos = System.nanoTime();
          grant.requireLive();
          answers.take(packet);
        }
      }
    } catch (IOException endedOrClosed) {
      // The next datagram of this UE port opens another way.
    } finally {
      close();
    }
  }

  private boolean received(DatagramPacket packet, long timeNanos) throws IOException {
    try {
      long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeNanos));
      socket.setSoTimeout(Math.toIntExact(millis));
      packet.setLength(DATAGRAM_BYTES_MAX);
      socket.receive(packet);
      return true;
    } catch (SocketTimeoutException | PortUnreachableException nothing) {
      return false;
    }
  }

  @Override
  public void close() {
    grant.forget(cut);
    socket.close();
    place.giveBack();
  }
}
