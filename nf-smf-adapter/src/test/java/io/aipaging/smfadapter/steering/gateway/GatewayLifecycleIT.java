package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.smfadapter.steering.SteeringFailed;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayLifecycleIT {
  @Test
  void closingResetsConnectionsFreesThePortAndLeavesNoThread() throws Exception {
    try (ScriptedAnchor anchor = ScriptedAnchor.echo();
        LoopbackGate gate = LoopbackGate.open()) {
      Flow tcp = gate.flow(1, Transport.TCP);
      gate.carry(tcp, gate.grant(anchor.port()), LoopbackGate.LONG);
      gate.carry(gate.flow(1, Transport.UDP), gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket ue = gate.connect(1);
          Socket over = gate.connect(1);
          DatagramSocket datagrams = gate.datagrams(1)) {
        ue.getOutputStream().write('x');
        assertThat(ue.getInputStream().read()).isEqualTo('x');
        over.shutdownOutput();
        datagrams.send(new DatagramPacket(new byte[1], 1));
        Await.until("one is over", () -> gate.driver().finishing() == 1);
        Await.until("datagrams flow", () -> gate.driver().datagramPeers() == 1);
        assertThat(Threads.dump()).contains("\"gateway expiry\"", "\"gateway tcp", "\"gateway-");

        gate.close();

        assertThatThrownBy(() -> ue.getInputStream().read()).isInstanceOf(SocketException.class);
      }
      assertThat(Threads.dump()).doesNotContain("\"gateway");
      assertThat(gate.driver().live()).isEmpty();
      assertThatThrownBy(() -> gate.carry(tcp, gate.grant(anchor.port()), LoopbackGate.LONG))
          .isInstanceOf(SteeringFailed.class);
      GatewayDriver.open(GatewayConfig.of(List.of(tcp.service()))).close();
    }
  }

  @Test
  void aServiceAddressThatCannotBeHadLeavesNothingBehind() throws Exception {
    int port = LoopbackGate.freePort();
    ServiceEndpoint ours = ServiceEndpoint.of(LoopbackGate.SERVICE, "TCP", port);
    ServiceEndpoint notOurs = ServiceEndpoint.of("192.0.2.1", "TCP", port);

    assertThatThrownBy(() -> GatewayDriver.open(GatewayConfig.of(List.of(ours, notOurs))))
        .isInstanceOf(SteeringFailed.class);

    assertThat(Threads.dump()).doesNotContain("\"gateway");
    GatewayDriver.open(GatewayConfig.of(List.of(ours))).close();
  }

  @Test
  void whatItCannotCarryItSaysBeforehand() throws Exception {
    try (LoopbackGate gate = LoopbackGate.open()) {
      Flow flow = gate.flow(1, Transport.TCP);
      TransportAddress anchor = TransportAddress.parse("127.0.3.1:8443");
      ServiceEndpoint unknown = ServiceEndpoint.of("127.0.2.9", "TCP", 1);
      TransportAddress itself =
          new TransportAddress(flow.service().address(), flow.service().port());

      assertThat(gate.driver().objection(flow, anchor)).isEmpty();
      assertThat(gate.driver().objection(new Flow(flow.ue(), unknown), anchor))
          .hasValueSatisfying(why -> assertThat(why).contains("scope"));
      assertThat(gate.driver().objection(flow, itself))
          .hasValueSatisfying(why -> assertThat(why).contains("itself"));
    }
  }
}
