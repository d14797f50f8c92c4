package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.Grant;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayBoundsIT {
  private static final int MANY = 1_000;
  private static final int PER_UE = 50;

  @Test
  void aThousandConnectionsAreCarriedAndOneMoreOnlyWhenOneHasEnded() throws Exception {
    Deque<Socket> carried = new ArrayDeque<>();
    try (ScriptedAnchor anchor = ScriptedAnchor.echo();
        LoopbackGate gate = LoopbackGate.open(bounds(MANY, 8, PER_UE))) {
      for (int ue = 1; ue <= MANY / PER_UE + 1; ue++) {
        gate.carry(gate.flow(ue, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      }
      for (int i = 0; i < MANY; i++) {
        carried.add(gate.connect(1 + i / PER_UE));
      }
      for (Socket ue : carried) {
        assertEchoes(ue);
      }
      int oneMore = MANY / PER_UE + 1;
      gate.assertRefused(oneMore);
      assertThat(gate.denied("overload")).isEqualTo(1);
      for (Socket ue : carried) {
        assertEchoes(ue);
      }

      carried.pop().close();

      Await.until("the place was free", () -> echoes(gate, oneMore));
    } finally {
      for (Socket ue : carried) {
        ue.close();
      }
    }
  }

  @Test
  void oneUeCannotTakeThePlacesOfOthers() throws Exception {
    try (ScriptedAnchor anchor = ScriptedAnchor.echo();
        LoopbackGate gate = LoopbackGate.open(bounds(8, 8, 2))) {
      gate.carry(gate.flow(1, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      gate.carry(gate.flow(2, Transport.TCP), gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket one = gate.connect(1);
          Socket two = gate.connect(1)) {
        assertEchoes(one);
        assertEchoes(two);

        gate.assertRefused(1);

        assertThat(echoes(gate, 2)).isTrue();
      }
    }
  }

  @Test
  void theBoundHoldsOverAllServices() throws Exception {
    int port = LoopbackGate.freePort();
    ServiceEndpoint other = ServiceEndpoint.of("127.0.2.2", "TCP", port);
    LoopbackGate.Bounds both = services -> bounds(1, 8, 8).of(List.of(services.getFirst(), other));
    try (ScriptedAnchor anchor = ScriptedAnchor.echo();
        LoopbackGate gate = LoopbackGate.open(both)) {
      Flow flow = gate.flow(1, Transport.TCP);
      gate.carry(flow, gate.grant(anchor.port()), LoopbackGate.LONG);
      gate.carry(new Flow(flow.ue(), other), gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket one = gate.connect(1);
          Socket two = new Socket()) {
        assertEchoes(one);
        two.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.1.1"), 0));

        assertThatThrownBy(
                () -> {
                  two.connect(new InetSocketAddress(other.address(), port), 5_000);
                  two.getInputStream().read();
                })
            .isInstanceOf(SocketException.class);
      }
      assertThat(gate.denied("overload")).isEqualTo(1);
    }
  }

  @Test
  void moreUePortsThanTheBoundAreNotServed() throws Exception {
    try (DatagramSocket anchor = new DatagramSocket(0, InetAddress.ofLiteral("127.0.3.1"));
        LoopbackGate gate = LoopbackGate.open(bounds(8, 1, 8));
        DatagramSocket first = gate.datagrams(1);
        DatagramSocket second = gate.datagrams(1)) {
      Flow flow = gate.flow(1, Transport.UDP);
      Grant grant = gate.grant(anchor.getLocalPort());
      gate.carry(flow, grant, LoopbackGate.LONG);
      first.send(datagram(1));
      assertThat(receive(anchor)).isEqualTo(1);

      second.send(datagram(2));
      Await.until("it was refused", () -> gate.denied("overload") == 1);

      // The only place goes over to the next grant with its UE port.
      Grant next = gate.grant(anchor.getLocalPort());
      gate.carry(flow, next, LoopbackGate.LONG);
      first.send(datagram(3));
      assertThat(receive(anchor)).isEqualTo(3);
      assertThat(gate.denied("overload")).isEqualTo(1);

      gate.end(flow, next);
      gate.carry(flow, gate.grant(anchor.getLocalPort()), LoopbackGate.LONG);
      second.send(datagram(4));
      assertThat(receive(anchor)).isEqualTo(4);
    }
  }

  private static LoopbackGate.Bounds bounds(int connections, int peers, int perUe) {
    return services ->
        new GatewayConfig(
            services,
            connections,
            peers,
            perUe,
            4_096,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));
  }

  private static void assertEchoes(Socket ue) throws IOException {
    ue.getOutputStream().write('x');
    assertThat(ue.getInputStream().read()).isEqualTo('x');
  }

  private static boolean echoes(LoopbackGate gate, int ue) {
    try (Socket socket = gate.connect(ue)) {
      assertEchoes(socket);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static DatagramPacket datagram(int value) {
    return new DatagramPacket(new byte[] {(byte) value}, 1);
  }

  private static int receive(DatagramSocket anchor) throws IOException {
    anchor.setSoTimeout(10_000);
    DatagramPacket packet = new DatagramPacket(new byte[8], 8);
    anchor.receive(packet);
    return packet.getData()[0];
  }
}
