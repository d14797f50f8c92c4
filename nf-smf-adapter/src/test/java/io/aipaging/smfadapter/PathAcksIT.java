package io.aipaging.smfadapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.simulators.flavor.Flavor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A core changes a path by itself, and may wait for an answer. */
class PathAcksIT extends CorePathFixture {
  /** free5GC asks for no answer. */
  @Test
  void aUeThatTheCoreMovesIsTold() throws Exception {
    start(Flavor.FREE5GC, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("reported", () -> !moves.isEmpty());
    assertThat(moves).contains(new ReportUeMoved(UE, "edge-c"));
    assertThat(core.pathAcks()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aCoreThatWaitsForAnAnswerGetsItEarlyAndLate(boolean oauth2) throws Exception {
    start(Flavor.REL18, oauth2);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("at edge-c", () -> leavesAt("edge-c"));
    assertThat(core.pathAcks())
        .containsExactly(
            "EARLY edge-a SUCCESS",
            "LATE edge-a SUCCESS",
            "EARLY edge-c SUCCESS",
            "LATE edge-c SUCCESS");
    ServiceAddress service = new ServiceAddress("203.0.113.10", "TCP", 8000);
    assertThat(followed)
        .containsExactly(
            new FollowPathChange(UE, service, "edge-c", "EARLY"),
            new FollowPathChange(UE, service, "edge-c", "LATE"));
    assertThat(core.pathAckFaults() == null ? List.of() : core.pathAckFaults()).isEmpty();
    assertThat(moves).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EARLY, REFUSED, RELOC_NO_ALLOWED",
    "EARLY, BUSY, TEMPORARY_CONGESTION",
    "LATE, REFUSED, RELOC_NO_ALLOWED",
    "EARLY, AWAY, TEMPORARY_CONGESTION"
  })
  void aNoKeepsThePathWhereItIs(String stage, String readiness, String status) throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    no = stage;
    answer = readiness;
    core.moveUserPlane(UE, "edge-c");
    String last = stage + " edge-c " + status;
    eventually(last, () -> core.pathAcks().contains(last));
    assertThat(leavesAt("edge-a")).isTrue();
    assertThat(core.pathAcks()).last().isEqualTo(last);
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void aCoreThatIsOnlyListenedToTellsOfMovesAndIsAnswered(boolean oauth2) throws Exception {
    how = CorePathConfig.Driver.SMF_EVENTS;
    start(Flavor.REL18, oauth2);
    driver.apply(serving("edge-a", LONG));
    eventually("subscribed", () -> core.smfSubscriptions() == 1);
    core.moveUserPlane(UE, "edge-c");
    eventually("at edge-c", () -> leavesAt("edge-c"));
    assertThat(core.pathAcks()).containsExactly("EARLY edge-c SUCCESS", "LATE edge-c SUCCESS");
    driver.apply(ending());
    eventually("no subscription is left", () -> core.smfSubscriptions() == 0);
    assertThat(core.pathAckFaults() == null ? List.of() : core.pathAckFaults()).isEmpty();
    assertThat(outcomes("NO_NOTIFICATION")).isZero();
    assertThat(core.influenceCounts()).isEmpty();
  }

  /** Who knows a notification's URI must not make us call wherever they like. */
  @Test
  void anAnswerGoesToAnSmfOfThisCoreOnly() throws Exception {
    start(Flavor.REL18, false);
    driver.apply(serving("edge-a", LONG));
    eventually("told", () -> outcomes("STEERED") == 1);
    JsonNode written = core.influenceData().values().iterator().next();
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.9"))) {
      String ackUri = "http://127.0.0.9:" + stranger.getLocalPort() + "/ack";
      tell(written.path("upPathChgNotifUri").asText(), ackUri);
      eventually("not delivered", () -> acks("NOT_DELIVERED") == 1);
      stranger.setSoTimeout(200);
      assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private void tell(String uri, String ackUri) {
    URI there = URI.create(uri);
    ClientConfig client = ClientConfig.cleartext(there.resolve("/"));
    String body =
        """
        {"notifId":"x","ackUri":"%s","eventNotifs":[
         {"event":"UP_PATH_CH","dnaiChgType":"EARLY","targetDnai":"edge-a"}]}
        """
            .formatted(ackUri);
    try (RawClient smf = RawClient.create(client, null)) {
      RawClient.Request told =
          RawClient.Request.of("POST", there.getPath(), Json.tree(body.getBytes(UTF_8)));
      assertThat(smf.send(told, Duration.ofSeconds(2)).status()).isEqualTo(204);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
