package io.aipaging.pcfadapter.qosbinding.n5;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.aipaging.pcfadapter.qosbinding.PduSessions.Standing;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an SMF's list says of PDU sessions. */
class SmfPduInfoIT {
  private static final UeAddress A = UeAddress.parse("10.45.0.2");
  private static final UeAddress B = UeAddress.parse("10.45.0.3");
  private static final String OF_A =
      """
      {"items":[{"supi":"imsi-1","pdu":[{"psi":1,"ipv4":"10.45.0.2",
        "qos_flows":[{"qfi":1,"5qi":9},{"qfi":2,"5qi":7}]}]}]}
      """;
  private static final String OF_NOBODY = "{\"items\":[]}";
  private final WireMockServer smf =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private RawClient client;

  @BeforeEach
  void start() {
    smf.start();
    client = RawClient.create(ClientConfig.cleartext(URI.create(smf.baseUrl())).overHttp1(), null);
  }

  @AfterEach
  void stop() {
    client.close();
    smf.stop();
  }

  private void answers(String... bodies) {
    String state = Scenario.STARTED;
    for (int i = 0; i < bodies.length; i++) {
      String next = "after " + i;
      smf.stubFor(
          get(urlPathEqualTo("/pdu-info"))
              .inScenario("looks")
              .whenScenarioStateIs(state)
              .willSetStateTo(i == bodies.length - 1 ? state : next)
              .willReturn(okJson(bodies[i])));
      state = next;
    }
  }

  private Map<UeAddress, Standing> look() {
    return new SmfPduInfo(List.of(client), Duration.ofSeconds(2)).look(List.of(A, B));
  }

  @Test
  void whatTwoListsDoNotHaveHasEnded() {
    answers(OF_A);
    assertThat(look()).isEqualTo(Map.of(A, new Standing.Of("imsi-1", 1), B, new Standing.Ended()));
  }

  /** A list that changes while its pages are read may pass over one that is there. */
  @Test
  void whatOnlyOneListPassesOverIsThere() {
    answers(OF_NOBODY, OF_A);
    assertThat(look()).isEqualTo(Map.of(A, new Standing.Of("imsi-1", 1), B, new Standing.Ended()));
  }

  @Test
  void aListThatBreaksOffSaysNothingOfWhatItDoesNotHave() {
    answers(OF_A, "{}");
    assertThat(look()).isEqualTo(Map.of(A, new Standing.Of("imsi-1", 1)));
  }
}
