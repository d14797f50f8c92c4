package io.aipaging.smfadapter.steering.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @Test
  void relayedIpv4() {
    byte[] header = ProxyHeader.relayed(at("10.45.0.2", 40_000), at("203.0.113.10", 8443));

    assertThat(HexFormat.of().formatHex(header))
        .isEqualTo(SIGNATURE + "2111000c" + "0a2d0002" + "cb00710a" + "9c40" + "20fb");
  }

  @Test
  void relayedIpv6() {
    byte[] header = ProxyHeader.relayed(at("2001:db8::2", 40_000), at("2001:db8::10", 443));

    assertThat(HexFormat.of().formatHex(header))
        .isEqualTo(
            SIGNATURE
                + "21210024"
                + "20010db8000000000000000000000002"
                + "20010db8000000000000000000000010"
                + "9c40"
                + "01bb");
  }

  @Test
  void ownConnectionsNameNobody() {
    assertThat(HexFormat.of().formatHex(ProxyHeader.own())).isEqualTo(SIGNATURE + "20000000");
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }
}
