package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.nftables.Element.Value;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateElementsTest {
  private static final ServiceEndpoint V4 = ServiceEndpoint.of("203.0.113.10", "TCP", 8443);
  private static final ServiceEndpoint V6 = ServiceEndpoint.of("2001:db8:113::10", "UDP", 443);
  private static final GateElements ELEMENTS =
      new GateElements(
          new NftablesConfig(
              "t",
              new NftablesConfig.Devices(List.of("ue0"), List.of()),
              List.of(V4, V6),
              List.of(new NextHop(InetAddress.ofLiteral("10.60.1.2"), 3)),
              List.of(Prefix.parse("10.60.0.0/16"), Prefix.parse("2001:db8:60::/48")),
              Map.of("gold", "1:a"),
              NftablesConfig.ProbeRange.DEFAULT,
              List.of()));

  @Test
  void theAuthorityComesFirst() {
    assertThat(ELEMENTS.of(grant("10.60.1.2:80", QosGrant.NONE)))
        .extracting(Element::set)
        .containsExactly("grant_live", "grant_via");
    assertThat(ELEMENTS.of(grant("10.60.7.7:80", QosGrant.NONE)))
        .extracting(Element::set)
        .containsExactly("grant_live", "grant_via", "grant_dnat4");
    assertThat(ELEMENTS.of(grant("[2001:db8:60::9]:80", QosGrant.NONE)))
        .extracting(Element::set)
        .containsExactly("grant_live", "grant_via", "grant_dnat6");
  }

  @Test
  void qosBecomesElementsOfItsOwn() {
    QosGrant qos = new QosGrant("b", "gold", "20 Mbps", "1.5 Kbps", 46);
    assertThat(ELEMENTS.of(grant("10.60.1.2:80", qos)))
        .extracting(Element::set)
        .containsExactly(
            "grant_live", "grant_via", "grant_class", "grant_dscp", "rate_ul", "rate_dl");
    assertThat(ELEMENTS.of(grant("10.60.1.2:80", qos)))
        .extracting(Element::value)
        .contains(
            new Value.Jump("dscp_46"),
            new Value.Above(2_500_000, 125_000),
            new Value.Above(187, 32_768));
  }

  @Test
  void aSelectorIsKeyedAsTheRulesetConcatenates() {
    Flow v4 = new Flow(UeAddress.parse("10.45.0.2"), V4);
    Element selector = selector(v4);
    assertThat(selector.set()).isEqualTo("lease_sel4");
    assertThat(hex(selector)).isEqualTo("0a2d0002" + "cb00710a" + "06000000" + "20fb0000");
    assertThat(selector(new Flow(UeAddress.parse("2001:db8::2"), V6)))
        .extracting(Element::set)
        .isEqualTo("lease_sel6");
    Element net = selector(new Flow(UeAddress.parse("2001:db8:1::/64"), V6));
    assertThat(net.set()).isEqualTo("lease_net6");
    assertThat(hex(net))
        .isEqualTo(
            "20010db8000100000000000000000000"
                + "20010db8011300000000000000000010"
                + "11000000"
                + "01bb0000");
  }

  @Test
  void datagramsThatDrainAreKeptByTheirGrantOrTheirZone() {
    ServiceEndpoint service = ServiceEndpoint.of("203.0.113.10", "UDP", 8443);
    Flow datagrams = new Flow(UeAddress.parse("10.45.0.2"), service);
    Grant routed = grant("10.60.1.2:80", QosGrant.NONE);
    Grant rewritten = grant("10.60.7.7:80", QosGrant.NONE);

    assertThat(ELEMENTS.choosing(datagrams, routed)).extracting(Element::set).hasSize(1);
    assertThat(ELEMENTS.keeping(datagrams, routed))
        .extracting(Element::set)
        .containsExactly("grant_keep");
    assertThat(ELEMENTS.choosing(datagrams, rewritten))
        .extracting(Element::set)
        .containsExactly("lease_sel4", "lease_zone4");
    assertThat(ELEMENTS.keeping(datagrams, rewritten))
        .extracting(Element::set)
        .containsExactly("keep_zone4");
    Flow stream = new Flow(UeAddress.parse("10.45.0.2"), V4);
    assertThat(ELEMENTS.choosing(stream, rewritten)).hasSize(1);
    assertThat(ELEMENTS.keeping(stream, rewritten)).isEmpty();
  }

  @Test
  void datagramsMoveShortlyBeforeTheirDrainEnds() {
    assertThat(GateElements.keepingTime(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(4_750));
    assertThat(GateElements.keepingTime(Duration.ofMillis(150))).isEqualTo(Duration.ofMillis(75));
  }

  @ParameterizedTest
  @CsvSource({
    "10.45.0.2, 10.60.1.2:80, ''",
    "10.45.0.2, 10.60.9.9:80, ''",
    "10.45.0.2, 10.61.0.1:80, no way",
    "10.45.0.2, [2001:db8:60::1]:80, address family",
    "2001:db8::1, 10.60.1.2:80, address family"
  })
  void objectionsSayWhy(String ue, String anchor, String objection) {
    Flow flow = new Flow(UeAddress.parse(ue), V4);
    assertThat(ELEMENTS.objection(flow, TransportAddress.parse(anchor)).orElse(""))
        .contains(objection);
    assertThat(ELEMENTS.objection(flow, TransportAddress.parse(anchor)).isEmpty())
        .isEqualTo(objection.isEmpty());
  }

  @Test
  void prefixesOfOtherLengthsAndForeignServicesAreObjectedTo() {
    TransportAddress anchor = TransportAddress.parse("[2001:db8:60::1]:80");
    assertThat(ELEMENTS.objection(new Flow(UeAddress.parse("2001:db8::/56"), V6), anchor))
        .hasValueSatisfying(why -> assertThat(why).contains("64 bits"));
    assertThat(ELEMENTS.objection(new Flow(UeAddress.parse("2001:db8::/64"), V6), anchor))
        .isEmpty();
    ServiceEndpoint other = ServiceEndpoint.of("2001:db8:113::11", "UDP", 443);
    assertThat(ELEMENTS.objection(new Flow(UeAddress.parse("2001:db8::/64"), other), anchor))
        .isPresent();
  }

  @Test
  void aTrafficClassIsHexadecimal() {
    assertThat(QosClass.handle("1:10")).isEqualTo(0x10010);
    assertThat(QosClass.handle("ffff:a")).isEqualTo(0xffff000aL);
    for (String wrong : List.of("", "1", "1:", ":1", "1:2:3", "g:1", "12345:1")) {
      assertThatThrownBy(() -> QosClass.handle(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPrefixContainsWhatBeginsLikeIt() {
    assertThat(Prefix.parse("10.60.0.0/15").contains(InetAddress.ofLiteral("10.61.3.4"))).isTrue();
    assertThat(Prefix.parse("10.60.0.0/16").contains(InetAddress.ofLiteral("10.61.3.4"))).isFalse();
    assertThat(Prefix.parse("2001:db8::/47").contains(InetAddress.ofLiteral("2001:db8:1::1")))
        .isTrue();
    assertThat(Prefix.parse("2001:db8::/48").contains(InetAddress.ofLiteral("2001:db8:1::1")))
        .isFalse();
    assertThat(Prefix.parse("::/1").contains(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
    assertThatThrownBy(() -> Prefix.parse("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Prefix.parse("host/8")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Element selector(Flow flow) {
    return ELEMENTS.choosing(flow, grant("10.60.1.2:80", QosGrant.NONE)).getFirst();
  }

  private static Grant grant(String anchor, QosGrant qos) {
    return new Grant(new GrantId(7), TransportAddress.parse(anchor), qos);
  }

  private static String hex(Element element) {
    byte[] key = new byte[element.key().remaining()];
    element.key().duplicate().get(key);
    return HexFormat.of().formatHex(key);
  }
}
