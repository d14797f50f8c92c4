package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.Transport;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an anchor reads first, byte by byte as the specification has it. */
@Timeout(60)
class GatewayHeaderIT {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @Test
  void anAnchorReadsWhoseConnectionToWhichServiceItIs() throws Exception {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    try (ScriptedAnchor anchor = ScriptedAnchor.open((_, header) -> read.complete(header));
        LoopbackGate gate = LoopbackGate.open()) {
      Flow flow = gate.flow(7, Transport.TCP);
      gate.carry(flow, gate.grant(anchor.port()), LoopbackGate.LONG);
      try (Socket ue = gate.connect(7)) {
        String ports = "%04x%04x".formatted(ue.getLocalPort(), flow.service().port());
        assertThat(HexFormat.of().formatHex(read.get()))
            .isEqualTo(SIGNATURE + "2111000c" + "7f000107" + "7f000201" + ports);
      }
    }
  }

  @Test
  void anAnchorReadsThatTheGatewaySpeaksForItself() throws Exception {
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    try (ScriptedAnchor anchor = ScriptedAnchor.open((_, header) -> read.complete(header));
        LoopbackGate gate = LoopbackGate.open()) {
      Flow flow = gate.flow(1, Transport.TCP);
      Grant grant = gate.grant(anchor.port());
      gate.carry(flow, grant, LoopbackGate.LONG);
      try (Socket _ = gate.driver().connectThrough(flow, grant, Duration.ofSeconds(5))) {
        assertThat(HexFormat.of().formatHex(read.get())).isEqualTo(SIGNATURE + "20000000");
      }
    }
  }

  @Test
  void ipv6IsCarriedAsIpv6() throws Exception {
    Ipv6Needed.orSkip();
    String loopback = "0".repeat(31) + "1";
    CompletableFuture<byte[]> read = new CompletableFuture<>();
    int port = LoopbackGate.freePort();
    ServiceEndpoint service = ServiceEndpoint.of("::1", "TCP", port);
    Flow flow = new Flow(UeAddress.parse("::1"), service);
    try (ScriptedAnchor anchor = ScriptedAnchor.open("::1", (_, header) -> read.complete(header));
        GatewayDriver driver = GatewayDriver.open(GatewayConfig.of(List.of(service)))) {
      Grant grant = new Grant(new GrantId(1), TransportAddress.parse("[::1]:" + anchor.port()));
      driver.apply(
          new SteeringStep(flow, List.of(new Carried(grant, LoopbackGate.LONG, true)), List.of()));
      try (Socket ue = new Socket()) {
        ue.connect(new InetSocketAddress(InetAddress.ofLiteral("::1"), port), 5_000);
        String ports = "%04x%04x".formatted(ue.getLocalPort(), port);
        assertThat(HexFormat.of().formatHex(read.get()))
            .isEqualTo(SIGNATURE + "21210024" + loopback + loopback + ports);
      }
    }
  }
}
