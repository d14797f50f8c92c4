package io.aipaging.pcfadapter.qosbinding.n5;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.pcfadapter.qosbinding.AppSessionTerms;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Created;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Updated;
import io.aipaging.pcfadapter.qosbinding.Route;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.core.CoreProfiles.Core;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a PCF may answer to an update. */
class UpdatedCoreIT {
  private static final String SESSIONS = "/npcf-policyauthorization/v1/app-sessions";
  private static final AppSessionTerms ROUTE =
      new AppSessionTerms(
          new Route("edge-a", "MEC1", "http://192.0.2.9/up-path/n", "q83vEjRWeJq83vEj", 5),
          Instant.parse("2026-11-27T10:00:00Z"));
  private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
  private final WireMockServer pcf =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private RawClient client;
  private N5PolicyAuthorization n5;

  @BeforeEach
  void start() {
    pcf.start();
    client = RawClient.create(ClientConfig.cleartext(URI.create(pcf.baseUrl())).overHttp1(), null);
    n5 = driver(null);
  }

  private N5PolicyAuthorization driver(@Nullable Integer timing) {
    return new N5PolicyAuthorization(
        () -> client,
        new AppSessionWriter(
            Core.REL18.profile().n5(),
            new AppSessionDefaults(null, null, null, List.of(), timing),
            "http://192.0.2.9/n5/"),
        Duration.ofSeconds(2),
        () -> NOW);
  }

  @AfterEach
  void stop() {
    client.close();
    pcf.stop();
  }

  private void created(String features) {
    pcf.stubFor(
        post(urlEqualTo(SESSIONS))
            .willReturn(
                json(201, "{\"ascRespData\":{\"suppFeat\":\"" + features + "\"}}")
                    .withHeader("Location", pcf.baseUrl() + SESSIONS + "/7")));
    AppSessionOrder order =
        new AppSessionOrder(
            "n1",
            UeAddress.parse("10.45.0.2"),
            ServiceEndpoint.of("203.0.113.10", "TCP", 8000),
            "low-latency",
            null,
            null,
            null,
            new AppSessionOrder.Subscriber(null, null, null));
    assertThat(n5.create(order)).isInstanceOf(Created.Accepted.class);
  }

  private static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  private Updated routed(ResponseDefinitionBuilder answer) {
    pcf.stubFor(patch(urlEqualTo(SESSIONS + "/7")).willReturn(answer));
    return n5.update("7", ROUTE);
  }

  @Test
  void aRouteIsAMergePatchWithTheRouteAlone() {
    created("1");
    assertThat(routed(json(200, "{}"))).isEqualTo(new Updated.Accepted());
    pcf.verify(
        patchRequestedFor(urlEqualTo(SESSIONS + "/7"))
            .withHeader("Content-Type", equalTo("application/merge-patch+json"))
            .withRequestBody(
                equalToJson(
                    """
                    {"ascReqData":{"afRoutReq":{
                      "routeToLocs":[{"dnai":"edge-a","routeProfId":"MEC1"}],
                      "tempVals":[{"stopTime":"2026-11-27T10:00:00Z"}],
                      "upPathChgSub":{"notificationUri":"http://192.0.2.9/up-path/n",
                        "notifCorreId":"q83vEjRWeJq83vEj","dnaiChgType":"EARLY_LATE",
                        "afAckInd":true},
                      "simConnInd":true,"simConnTerm":5}}}
                    """)));
  }

  /** Feature 50 is the second bit of the thirteenth digit. */
  @Test
  void aPcfThatHasAgreedToTimingIsToldHowLong() {
    n5 = driver(50);
    created("2000000000001");
    pcf.verify(
        postRequestedFor(urlEqualTo(SESSIONS))
            .withRequestBody(matchingJsonPath("$.ascReqData[?(@.suppFeat == '2000000000001')]")));
    pcf.stubFor(patch(urlEqualTo(SESSIONS + "/7")).willReturn(json(200, "{}")));
    assertThat(n5.endsByItself("7")).isTrue();
    assertThat(n5.update("7", new AppSessionTerms(null, NOW.plusSeconds(600))))
        .isEqualTo(new Updated.Accepted());
    pcf.verify(
        patchRequestedFor(urlEqualTo(SESSIONS + "/7"))
            .withRequestBody(equalToJson("{\"ascReqData\":{\"qosDuration\":660}}")));
  }

  @Test
  void aPcfThatHasNotAgreedToTimingIsToldNothing() {
    n5 = driver(50);
    assertThat(n5.endsByItself("7")).isTrue(); // as after a restart: it may have agreed before
    created("1");
    assertThat(n5.endsByItself("7")).isFalse();
    assertThat(n5.update("7", new AppSessionTerms(null, NOW.plusSeconds(600))))
        .isEqualTo(new Updated.Accepted());
    pcf.verify(0, patchRequestedFor(urlEqualTo(SESSIONS + "/7")));
  }

  @Test
  void aPcfThatHasNotAgreedToRoutesIsNotAsked() {
    created("0");
    assertThat(routed(json(200, "{}"))).isEqualTo(new Updated.Refused("ROUT_REQ_NOT_AUTHORIZED"));
    created("A2");
    assertThat(routed(json(200, "{}"))).isInstanceOf(Updated.Refused.class);
    pcf.verify(0, patchRequestedFor(urlEqualTo(SESSIONS + "/7")));
    created("A3");
    assertThat(routed(json(200, "{}"))).isEqualTo(new Updated.Accepted());
  }

  @Test
  void everyAnswerIsTakenForWhatItIs() {
    created("1");
    assertThat(routed(aResponse().withStatus(204))).isEqualTo(new Updated.Accepted());
    assertThat(
            routed(json(200, "{\"ascRespData\":{\"servAuthInfo\":\"ROUT_REQ_NOT_AUTHORIZED\"}}")))
        .isEqualTo(new Updated.Refused("ROUT_REQ_NOT_AUTHORIZED"));
    assertThat(routed(json(403, "{\"cause\":\"REQUESTED_SERVICE_NOT_AUTHORIZED\"}")))
        .isEqualTo(new Updated.Refused("REQUESTED_SERVICE_NOT_AUTHORIZED"));
    assertThat(routed(json(404, "{}"))).isEqualTo(new Updated.Absent());
    assertThat(routed(json(500, "{}"))).isInstanceOf(Updated.Failed.class);
    assertThat(routed(json(200, "{\"broken"))).isEqualTo(new Updated.Accepted());
    assertThat(routed(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)))
        .isInstanceOf(Updated.Failed.class);
    assertThat(routed(json(200, "{}").withFixedDelay(2_500))).isInstanceOf(Updated.Failed.class);
  }
}
