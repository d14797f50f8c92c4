package io.aipaging.aexf.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aexf.guard.ProxyHeader.Finding;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final byte[] IPV4 =
      bytes(SIGNATURE + "2111000c" + "0a2d0002" + "cb00710a" + "c001" + "1f40");

  @Test
  void theSourceOfARelayedConnectionIsRead() {
    assertThat(ProxyHeader.read(ByteBuffer.wrap(IPV4)))
        .isEqualTo(new Finding.Present(28, InetAddress.ofLiteral("10.45.0.2")));
    byte[] ipv6 =
        bytes(
            SIGNATURE
                + "21210024"
                + "20010db8000000000000000000000001"
                + "20010db8000000000000000000000002"
                + "c0011f40");
    assertThat(ProxyHeader.read(ByteBuffer.wrap(ipv6)))
        .isEqualTo(new Finding.Present(52, InetAddress.ofLiteral("2001:db8::1")));
  }

  @Test
  void extensionsAreSkippedAndWhatFollowsIsLeft() {
    byte[] extended =
        bytes(SIGNATURE + "21110010" + "0a2d0002cb00710ac0011f40" + "04000120" + "474554");
    assertThat(ProxyHeader.read(ByteBuffer.wrap(extended)))
        .isEqualTo(new Finding.Present(32, InetAddress.ofLiteral("10.45.0.2")));
  }

  @Test
  void aSenderThatSpeaksForItselfNamesNobody() {
    assertThat(ProxyHeader.read(ByteBuffer.wrap(bytes(SIGNATURE + "20000000"))))
        .isEqualTo(new Finding.Present(16, null));
    assertThat(ProxyHeader.read(ByteBuffer.wrap(bytes(SIGNATURE + "21000000"))))
        .isEqualTo(new Finding.Present(16, null));
  }

  @Test
  void everyPrefixOfAHeaderIsIncomplete() {
    for (int length = 0; length < IPV4.length; length++) {
      assertThat(ProxyHeader.read(ByteBuffer.wrap(Arrays.copyOf(IPV4, length))))
          .as("first %d bytes", length)
          .isInstanceOf(Finding.Incomplete.class);
    }
  }

  @Test
  void anHttpRequestIsNoHeader() {
    for (String text : new String[] {"G", "GET / HTTP/1.1\r\n", "\r\nGET", "PROXY TCP4 1.2.3.4"}) {
      assertThat(ProxyHeader.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))))
          .isInstanceOf(Finding.Absent.class);
    }
  }

  @Test
  void headersThatMustNotBeTrustedAreMalformed() {
    String addresses = "0a2d0002cb00710ac0011f40";
    assertMalformed(SIGNATURE + "1111000c" + addresses); // version 1
    assertMalformed(SIGNATURE + "2211000c" + addresses); // unknown command
    assertMalformed(SIGNATURE + "2112000c" + addresses); // UDP
    assertMalformed(SIGNATURE + "2131000c" + addresses); // UNIX
    assertMalformed(SIGNATURE + "2111000b" + addresses); // too short
    assertMalformed(SIGNATURE + "2111ffff" + addresses); // too long
  }

  @Test
  void noBytesWhateverMakeItFail() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Arrays.copyOf(IPV4, random.nextInt(64));
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Finding finding = ProxyHeader.read(ByteBuffer.wrap(bytes));
      if (finding instanceof Finding.Present(int length, InetAddress ignored)) {
        assertThat(length).isBetween(16, bytes.length);
      }
    }
  }

  private static void assertMalformed(String hex) {
    assertThat(ProxyHeader.read(ByteBuffer.wrap(bytes(hex)))).isInstanceOf(Finding.Malformed.class);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
