package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the core says of a binding reaches the AIPF. */
class CoreNewsIT extends AdapterFixture {
  private final HeardReports aipf = new HeardReports();
  private final List<ReportQosBinding> heard = aipf.heard;

  @Test
  void theEndOfThePduSessionIsReported() {
    restartTelling();
    create("b1", "10.45.0.2");
    assertThat(core.terminate(core.sessions().get(0).path("id").asText())).isEqualTo(204);
    Eventually.holds("reported", () -> !heard.isEmpty());
    assertThat(heard)
        .containsExactly(new ReportQosBinding("b1", "TERMINATED", "PDU_SESSION_TERMINATION"));
  }

  @Test
  void qosThatIsNotKeptIsReportedAndStrangersAreNotBelieved() {
    restartTelling();
    create("b1", "10.45.0.2");
    String uri = core.sessions().get(0).at("/context/ascReqData/notifUri").asText();
    Map<String, Object> news =
        Map.of(
            "evSubsUri",
            "http://core/subscription",
            "evNotifs",
            List.of(Map.of("event", "QOS_NOTIF")),
            "qncReports",
            List.of(Map.of("notifType", "NOT_GUARANTEED")));
    URI callbacks = URI.create("http://127.0.0.1:" + adapter.callbackPort());
    try (RawClient pcf = RawClient.create(ClientConfig.cleartext(callbacks), null)) {
      assertThat(status(pcf, "/npcfadapter-callbacks/v1/n5/guess/notify", news)).isEqualTo(204);
      assertThat(status(pcf, URI.create(uri).getPath() + "/notify", news)).isEqualTo(204);
    }
    Eventually.holds("reported", () -> !heard.isEmpty());
    assertThat(heard).containsExactly(new ReportQosBinding("b1", "NOT_GUARANTEED", "QOS_NOTIF"));
  }

  private void restartTelling() {
    adapter.close();
    adapter = PcfAdapterMain.start(config(), aipf);
  }

  private static int status(RawClient client, String path, Object body) {
    return client.send(RawClient.Request.of("POST", path, body), Duration.ofSeconds(5)).status();
  }
}
