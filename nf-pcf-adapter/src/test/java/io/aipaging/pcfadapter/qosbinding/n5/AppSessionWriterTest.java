package io.aipaging.pcfadapter.qosbinding.n5;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.Snssai;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.bsf.AddressText;
import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppSessionWriterTest {
  private static final String BASE = "http://127.0.0.1:7001/npcfadapter-callbacks/v1/n5/";

  private static final CoreProfile.N5 CORE = Core.FREE5GC.profile().n5();
  private static final AppSessionDefaults DEFAULTS =
      new AppSessionDefaults(
          "internet",
          new Snssai(1, "010203"),
          "aipaging",
          List.of(
              new AppSessionDefaults.Tier("conversational", "AUDIO", true),
              new AppSessionDefaults.Tier("by-rate", "VIDEO", true, false)));

  private static AppSessionOrder order(String ue, String qosReference, String supi) {
    return new AppSessionOrder(
        "n1",
        UeAddress.parse(ue),
        ServiceEndpoint.of("203.0.113.10", "TCP", 8000),
        qosReference,
        "10 Mbps",
        "20 Mbps",
        null,
        new AppSessionOrder.Subscriber(null, null, supi));
  }

  private static String written(AppSessionOrder order) throws Exception {
    return Json.MAPPER.writeValueAsString(new AppSessionWriter(CORE, DEFAULTS, BASE).write(order));
  }

  @Test
  void aGuaranteedTierCarriesBothRatesInBothDirections() throws Exception {
    assertThat(written(order("10.45.0.2", "conversational", "imsi-001010000000001")))
        .isEqualTo(
            """
            {"ascReqData":{"notifUri":"%sn1","suppFeat":"3","ueIpv4":"10.45.0.2",\
            "supi":"imsi-001010000000001","dnn":"internet","sliceInfo":{"sst":1,"sd":"010203"},\
            "afAppId":"aipaging","medComponents":{"1":{"medCompN":1,\
            "qosReference":"conversational","medType":"AUDIO","fStatus":"ENABLED",\
            "marBwUl":"10 Mbps","marBwDl":"20 Mbps","mirBwUl":"10 Mbps","mirBwDl":"20 Mbps",\
            "medSubComps":{"1":{"fNum":1,"fDescs":\
            ["permit out 6 from 203.0.113.10 8000 to 10.45.0.2",\
            "permit in 6 from 10.45.0.2 to 203.0.113.10 8000"],"fStatus":"ENABLED"}}}}}}"""
                .formatted(BASE));
  }

  @Test
  void anyOtherTierCarriesNoRatesAndNothingIsEverNull() throws Exception {
    assertThat(written(order("10.45.0.2", "best-effort", null)))
        .doesNotContain("null", "marBw", "mirBw", "supi")
        .contains("\"medType\":\"VIDEO\"");
  }

  @Test
  void aTierWithoutANameIsSaidByMediaTypeAndBitRates() throws Exception {
    assertThat(written(order("10.45.0.2", "by-rate", null)))
        .doesNotContain("qosReference", "null")
        .contains("\"medType\":\"VIDEO\"", "\"marBwUl\":\"10 Mbps\"", "\"mirBwDl\":\"20 Mbps\"");
  }

  @Test
  void anIpv6PrefixIsFilteredAsAPrefix() throws Exception {
    assertThat(written(order("2001:db8:45:1::/64", "x", null)))
        .contains("\"ueIpv6\":\"2001:db8:45:1::\"")
        .contains("to 2001:db8:45:1::/64");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:0DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "0:0:0:0:0:0:0:1, ::1",
    "2001:db8:0:0:0:0:0:0, 2001:db8::",
    "0:0:0:0:0:0:0:0, ::",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "10.45.0.2, 10.45.0.2"
  })
  void addressesAreWrittenByRfc5952(String read, String written) {
    assertThat(AddressText.of(InetAddress.ofLiteral(read))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "http://pcf:7777/npcf-policyauthorization/v1/app-sessions/17, 17",
    "/npcf-policyauthorization/v1/app-sessions/imsi-208930000000001-1, imsi-208930000000001-1",
    "http://pcf/app-sessions/17/events-subscription, 17",
    "http://pcf/app-sessions/.., ",
    "http://pcf/app-sessions/a%2Fb, ",
    "http://pcf/other/17, ",
    ", "
  })
  void onlyAPlainIdIsTakenFromALocation(String location, String id) {
    assertThat(AppSessionId.of(location)).isEqualTo(id);
  }

  @Test
  void aCoreThatIsAskedToTellsWhenQosIsNotKept() throws Exception {
    String written =
        Json.MAPPER.writeValueAsString(
            new AppSessionWriter(Core.REL18.profile().n5(), DEFAULTS, BASE)
                .write(order("10.45.0.2", "ai", null)));
    assertThat(written)
        .contains(
            """
            "evSubsc":{"events":[{"event":"QOS_NOTIF"},\
            {"event":"SUCCESSFUL_RESOURCES_ALLOCATION"},{"event":"FAILED_RESOURCES_ALLOCATION"}],\
            "notifUri":"%sn1"}"""
                .formatted(BASE));
    assertThat(written(order("10.45.0.2", "ai", null))).doesNotContain("evSubsc");
  }
}
