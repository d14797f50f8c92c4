package io.aipaging.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class WatchedServiceTest {
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00.000000001Z");
  private static final String SYN_TO_SERVICE =
      "4500003c1c4640004006b1e60a2d0002cb00710a" + "9c4020fb00000001000000005002faf000000000";
  private static final String DATAGRAM_FROM_SERVICE =
      "450000201c4640004011b1e6cb00710a0a2d0002" + "13889c40000c0000" + "01020304";

  @Test
  void readsATcpPacketToTheService() {
    WatchedService service = new WatchedService("203.0.113.10", Transport.TCP, 8443);

    assertThat(service.read(bytes(SYN_TO_SERVICE), AT, true))
        .isEqualTo(
            new Packet(
                AT,
                true,
                "10.45.0.2",
                40_000,
                "203.0.113.10",
                8443,
                Transport.TCP,
                Packet.SYN,
                20));
  }

  @Test
  void readsADatagramFromTheService() {
    WatchedService service = new WatchedService("203.0.113.10", Transport.UDP, 5000);

    assertThat(service.read(bytes(DATAGRAM_FROM_SERVICE), AT, false))
        .isEqualTo(
            new Packet(AT, false, "203.0.113.10", 5000, "10.45.0.2", 40_000, Transport.UDP, 0, 4));
  }

  @Test
  void ignoresOtherPortsTransportsFragmentsAndStumps() {
    WatchedService tcp = new WatchedService("203.0.113.10", Transport.TCP, 8443);

    assertThat(tcp.read(bytes(DATAGRAM_FROM_SERVICE), AT, false)).isNull();
    assertThat(tcp.read(bytes(SYN_TO_SERVICE.substring(0, 60)), AT, false)).isNull();
    assertThat(tcp.read(bytes(SYN_TO_SERVICE.replace("1c464000", "1c460001")), AT, false)).isNull();
    assertThat(
            new WatchedService("203.0.113.10", Transport.TCP, 443)
                .read(bytes(SYN_TO_SERVICE), AT, false))
        .isNull();
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
