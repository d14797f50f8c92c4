package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.DatagramStream;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SlowAnchor;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayDatagramsIT {
  private static final Duration IDLE = Duration.ofSeconds(1);

  @Test
  void aUePortThatOnlySendsKeepsItsWayToTheAnchor() throws Exception {
    try (DatagramSocket anchor = anchor();
        LoopbackGate gate = gate(anchor);
        DatagramSocket ue = gate.datagrams(1)) {
      ue.send(datagram(1));
      int way = receive(anchor).getPort();
      long until = System.nanoTime() + IDLE.multipliedBy(3).toNanos();
      while (System.nanoTime() - until < 0) {
        ue.send(datagram(2));
        assertThat(receive(anchor).getPort()).isEqualTo(way);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  @Test
  void aSilentUePortIsForgottenAndTakenUpAgain() throws Exception {
    try (DatagramSocket anchor = anchor();
        LoopbackGate gate = gate(anchor);
        DatagramSocket ue = gate.datagrams(1)) {
      ue.send(datagram(1));
      receive(anchor);
      Await.until("the port is forgotten", () -> gate.driver().datagramPeers() == 0);

      ue.send(datagram(2));

      assertThat(receive(anchor).getData()[0]).isEqualTo((byte) 2);
    }
  }

  @Test
  void datagramsOfAnySizePassUnchanged() throws Exception {
    byte[] large = new byte[60_000];
    new Random(25).nextBytes(large);
    try (DatagramSocket anchor = anchor();
        LoopbackGate gate = gate(anchor);
        DatagramSocket ue = gate.datagrams(1)) {
      for (int length : new int[] {large.length, 1, 1_400}) {
        ue.send(new DatagramPacket(large, length));
        DatagramPacket asked = receive(anchor);
        assertThat(content(asked)).isEqualTo(Arrays.copyOf(large, length));
        anchor.send(asked);
        assertThat(content(receive(ue))).isEqualTo(Arrays.copyOf(large, length));
      }
    }
  }

  @Test
  void anAnchorThatRestartsIsReachedTheSameWay() throws Exception {
    try (DatagramSocket anchor = anchor();
        LoopbackGate gate = gate(anchor);
        DatagramSocket ue = gate.datagrams(1)) {
      ue.send(datagram(1));
      int way = receive(anchor).getPort();
      int port = anchor.getLocalPort();
      anchor.close();
      for (int i = 0; i < 5; i++) {
        ue.send(datagram(1));
      }
      try (DatagramSocket again =
          new DatagramSocket(port, InetAddress.ofLiteral(LoopbackGate.ANCHORS))) {
        ue.send(datagram(2));

        DatagramPacket packet = receive(again);
        while (packet.getData()[0] != 2) { // Sent while nobody listened, but passed on only now.
          packet = receive(again);
        }
        assertThat(packet.getPort()).isEqualTo(way);
      }
    }
  }

  @Test // L5.19
  void noDatagramIsLostInAMove() throws Exception {
    try (DatagramSocket a = anchor();
        DatagramSocket b = anchor();
        SlowAnchor first = new SlowAnchor('a', a);
        SlowAnchor second = new SlowAnchor('b', b);
        LoopbackGate gate = LoopbackGate.open()) {
      assertThat(first).isNotSameAs(second);
      Flow flow = gate.flow(1, Transport.UDP);
      Grant old = gate.grant(a.getLocalPort());
      gate.carry(flow, old, LoopbackGate.LONG);
      try (DatagramStream stream = new DatagramStream(gate.datagrams(1))) {
        for (char target : new char[] {'b', 'a', 'b', 'a'}) {
          Await.until(
              "answers", () -> stream.lastAnswerer() != target && stream.lastAnswerer() > 0);
          Grant fresh = gate.grant((target == 'a' ? a : b).getLocalPort());
          gate.driver()
              .apply(
                  new SteeringStep(
                      flow,
                      List.of(
                          new Carried(fresh, LoopbackGate.LONG, true),
                          new Carried(old, Duration.ofMillis(500), false)),
                      List.of()));
          Await.until("the move", () -> stream.lastAnswerer() == target);
          GrantId over = old.id();
          Await.until("the drain's end", () -> !gate.driver().isLive(over));
          old = fresh;
        }
        assertThat(stream.endedWithout()).isEmpty();
      }
    }
  }

  @Test
  void datagramsOfOthersAreDroppedAndCounted() throws Exception {
    try (DatagramSocket anchor = anchor();
        LoopbackGate gate = gate(anchor);
        DatagramSocket stranger = gate.datagrams(2)) {
      stranger.send(datagram(1));

      Await.until("it was counted", () -> gate.denied("datagrams") == 1);
      assertThat(gate.driver().datagramPeers()).isZero();
    }
  }

  private static LoopbackGate gate(DatagramSocket anchor) throws Exception {
    LoopbackGate gate =
        LoopbackGate.open(
            services -> new GatewayConfig(services, 8, 8, 8, 4_096, Duration.ofSeconds(2), IDLE));
    gate.carry(gate.flow(1, Transport.UDP), gate.grant(anchor.getLocalPort()), LoopbackGate.LONG);
    return gate;
  }

  private static DatagramSocket anchor() throws IOException {
    DatagramSocket anchor = new DatagramSocket(0, InetAddress.ofLiteral(LoopbackGate.ANCHORS));
    return anchor;
  }

  private static DatagramPacket datagram(int value) {
    return new DatagramPacket(new byte[] {(byte) value}, 1);
  }

  private static DatagramPacket receive(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(10_000);
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    socket.receive(packet);
    return packet;
  }

  private static byte[] content(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }
}
