package io.aipaging.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  private static UeAddress ue(String text) {
    return UeAddress.parse(text);
  }

  @ParameterizedTest
  @CsvSource({
    "10.45.0.2, 10.45.0.2",
    "127.0.0.1, 127.0.0.1",
    "255.255.255.254, 255.255.255.254",
    "2001:db8::1, 2001:db8::1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "::1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:0db8::000f, 2001:db8::f",
    "fe80:0:0:0:204:61ff:fe9d:f156, fe80::204:61ff:fe9d:f156"
  })
  void addressesHaveTheSpellingOfRfc5952(String text, String canonical) {
    assertThat(IpLiteral.format(IpLiteral.parse(text))).isEqualTo(canonical);
    assertThat(ue(text)).hasToString(canonical);
    assertThat(ue(canonical)).isEqualTo(ue(text)).hasSameHashCodeAs(ue(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "ue.example.net",
        "a",
        "dead.beef",
        "1.2.3",
        "127.1",
        "2130706433",
        "010.1.1.1",
        "0x7f.0.0.1",
        "1.2.3.256",
        "1.2.3.4.",
        ".1.2.3.4",
        "1.2.3.4.5",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.4\n",
        "\u0661.2.3.4",
        "[::1]",
        "::ffff:10.0.0.1",
        "::ffff:a00:1",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "fe80::1%1",
        "fe80::1%lo",
        "1::2::3",
        ":::",
        ":",
        "::1 ",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "12345::1",
        "g::1",
        "1.2.3.4:80"
      })
  void namesAndOtherSpellingsAreRefusedWithoutRepeatingThem(String text) {
    for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
        new org.assertj.core.api.ThrowableAssert.ThrowingCallable[] {
          () -> IpLiteral.parse(text),
          () -> UeAddress.parse(text),
          () -> ServiceEndpoint.of(text, "TCP", 80)
        }) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not an IP address literal");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:45::/64, 2001:db8:45::/64",
    "2001:db8::1/128, 2001:db8::1",
    "10.45.0.2/32, 10.45.0.2",
    "2001:db8:0:ff00::/56, 2001:db8:0:ff00::/56",
    "2001:db8::8000:0:0:0/65, 2001:db8:0:0:8000::/65"
  })
  void prefixesAreReadBack(String text, String canonical) {
    assertThat(ue(text)).hasToString(canonical);
    assertThat(ue(canonical)).isEqualTo(ue(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::1/64",
        "2001:db8::/0",
        "2001:db8::/129",
        "2001:db8::/-1",
        "2001:db8::/+64",
        "2001:db8::/064",
        "2001:db8::/",
        "2001:db8::/64/64",
        "2001:db8::/6 4",
        "2001:db8::/4294967360",
        "2001:db8::/\u0666\u0664",
        "10.45.0.0/24",
        "10.45.0.2/",
        "10.45.0.2/128",
        "/64",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "239.1.1.1",
        "ff02::1",
        "ff00::/8"
      })
  void badPrefixesAndAddressesOfNoUeAreRefused(String text) {
    assertThatThrownBy(() -> UeAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aUeOwnsWhatIsInItsPrefixOnly() {
    UeAddress prefix = ue("2001:db8:45::/60");
    assertThat(prefix.contains(IpLiteral.parse("2001:db8:45:f:1::1"))).isTrue();
    assertThat(prefix.contains(IpLiteral.parse("2001:db8:45:10::1"))).isFalse();
    assertThat(prefix.contains(IpLiteral.parse("10.45.0.2"))).isFalse();
    assertThat(ue("10.45.0.2").contains(IpLiteral.parse("10.45.0.2"))).isTrue();
    assertThat(ue("10.45.0.2").contains(IpLiteral.parse("10.45.0.3"))).isFalse();
  }

  @Test
  void aMappedSourceIsTheIpv4AddressItStandsFor() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 10;
    mapped[13] = 45;
    mapped[15] = 2;
    assertThat(ue("10.45.0.2").contains(InetAddress.getByAddress(mapped))).isTrue();
  }

  @Test
  void namesAndZonesOfAnAddressDoNotMatter() throws UnknownHostException {
    byte[] bytes = IpLiteral.parse("fe80::1").getAddress();
    UeAddress zoned = new UeAddress(Inet6Address.getByAddress("host", bytes, 1), 128);
    assertThat(zoned).isEqualTo(ue("fe80::1")).hasToString("fe80::1");
  }

  @ParameterizedTest
  @CsvSource({
    "10.45.0.2, 10.45.0.2, true", "10.45.0.2, 10.45.0.3, false",
    "2001:db8:45::/64, 2001:db8:45::7, true", "2001:db8:45::/64, 2001:db8:45::/56, true",
    "2001:db8:45::/64, 2001:db8:46::/64, false", "2001:db8::/32, 10.45.0.2, false"
  })
  void overlapIsSymmetric(String a, String b, boolean overlap) {
    assertThat(ue(a).overlaps(ue(b))).isEqualTo(overlap);
    assertThat(ue(b).overlaps(ue(a))).isEqualTo(overlap);
  }

  /** Lease-protocol §3: "Two sessions cannot own one flow". */
  @Test
  void flowsOverlapOnlyTowardsOneService() {
    ServiceEndpoint service = ServiceEndpoint.of("10.60.0.10", "TCP", 8000);
    Flow flow = new Flow(ue("2001:db8:45::/64"), service);
    UeAddress within = ue("2001:db8:45::7");
    assertThat(flow.overlaps(new Flow(within, service))).isTrue();
    assertThat(flow.overlaps(new Flow(within, ServiceEndpoint.of("10.60.0.10", "UDP", 8000))))
        .isFalse();
    assertThat(flow.overlaps(new Flow(within, ServiceEndpoint.of("10.60.0.10", "TCP", 8001))))
        .isFalse();
    assertThat(flow.overlaps(new Flow(within, ServiceEndpoint.of("10.60.0.11", "TCP", 8000))))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10.60.1.2:8000, 10.60.1.2:8000", "[2001:DB8:0::2]:1, [2001:db8::2]:1"})
  void transportAddressesAreReadBack(String text, String canonical) {
    assertThat(TransportAddress.parse(text)).hasToString(canonical);
    assertThat(TransportAddress.parse(canonical)).isEqualTo(TransportAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "10.0.0.1",
        "10.0.0.1:",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:-1",
        "10.0.0.1:+80",
        "10.0.0.1:080",
        "10.0.0.1:8 0",
        "10.0.0.1:99999999999",
        "localhost:80",
        "anchor.example.net:80",
        "2001:db8::2:8000",
        "[2001:db8::2]",
        "[2001:db8::2]8000",
        "[10.0.0.1]:80",
        "[]:80",
        "[::1:80",
        "[fe80::1%1]:80",
        ":80",
        "127.1:80",
        "\uff11\uff10.0.0.1:80"
      })
  void namesAndNonsenseAreNoTransportAddresses(String text) {
    assertThatThrownBy(() -> TransportAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void serviceEndpointsAreOfOneHostKnownProtocolAndPort() {
    assertThat(ServiceEndpoint.of("10.60.0.10", "UDP", 65_535).protocol().number()).isEqualTo(17);
    for (String protocol : new String[] {"tcp", "SCTP", "", "TCP "}) {
      assertThatThrownBy(() -> ServiceEndpoint.of("10.60.0.10", protocol, 80))
          .hasMessage("protocol must be TCP or UDP");
    }
    for (int port : new int[] {0, -1, 65_536}) {
      assertThatThrownBy(() -> ServiceEndpoint.of("10.60.0.10", "TCP", port))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String address : new String[] {"0.0.0.0", "::", "224.0.0.1", "ff02::1"}) {
      assertThatThrownBy(() -> ServiceEndpoint.of(address, "TCP", 80))
          .hasMessage("service address must be of one host");
    }
  }
}
