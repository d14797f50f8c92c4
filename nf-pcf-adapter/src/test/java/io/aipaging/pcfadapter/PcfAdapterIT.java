package io.aipaging.pcfadapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.pcfadapter.qosbinding.Eventually;
import io.aipaging.sbi.client.RawClient;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.simulators.flavor.Flavor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PcfAdapterIT extends AdapterFixture {
  @Test
  void aBindingIsMadeConfirmedShownAndDeletedAtTheCore() {
    create("b1", "10.45.0.2");
    Instant end = Instant.now().plusSeconds(600);
    service().confirmQosBinding(call(), new ConfirmQosBinding("b1", end));
    assertThat(get("b1").state()).isEqualTo("CONFIRMED");
    JsonNode asc = core.sessions().get(0).at("/context/ascReqData");
    assertThat(asc.at("/medComponents/1/medSubComps/1/fDescs").toString())
        .isEqualTo(
            "[\"permit out 6 from 203.0.113.10 8000 to 10.45.0.2\","
                + "\"permit in 6 from 10.45.0.2 to 203.0.113.10 8000\"]");
    delete("b1");
    assertThat(core.sessions()).isEmpty();
    assertRefused(() -> get("b1"), 404, "BINDING_NOT_FOUND");
    assertNoHarmDone();
  }

  @Test
  void ipv6IsWrittenAsTheSpecificationWantsIt() {
    create("b1", "2001:DB8:45:0:0:0:0:1");
    JsonNode asc = core.sessions().get(0).at("/context/ascReqData");
    assertThat(asc.path("ueIpv6").asText()).isEqualTo("2001:db8:45::1");
    assertThat(asc.has("ueIpv4")).isFalse();
    assertNoHarmDone();
  }

  @Test
  void everyFlavorOfCoreIsServedWithoutHarm() {
    for (Flavor flavor : Flavor.values()) {
      stop();
      startAgainst(flavor);
      create("b-" + flavor, "10.45.0.2");
      assertThat(get("b-" + flavor).state()).as(flavor.name()).isEqualTo("HELD");
      String id = core.sessions().get(0).path("id").asText();
      assertThat(core.terminate(id)).as(flavor.name()).isEqualTo(204);
      assertRefused(() -> get("b-" + flavor), 404, "BINDING_NOT_FOUND");
      Eventually.holds("deleted as asked", () -> core.sessions().isEmpty());
      assertNoHarmDone();
    }
  }

  @Test
  void whatTheCoreRefusesIsRefusedWithItsCause() {
    assertRefused(
        () -> service().createQosBinding(call(), request("b1", "10.45.0.2", "gold", 5_000)),
        403,
        "REQUESTED_SERVICE_NOT_AUTHORIZED");
    assertRefused(() -> create("b2", "10.99.0.2"), 403, "PDU_SESSION_NOT_AVAILABLE");
    stop();
    startAgainst(Flavor.OPEN5GS);
    assertRefused(() -> create("b3", "10.99.0.2"), 403, "PDU_SESSION_NOT_AVAILABLE");
  }

  @Test
  void aCongestedCoreIsTold502() {
    for (int status : List.of(500, 307, 503)) {
      core.behave(Map.of("refuse", Map.of("status", status)));
      assertRefused(() -> create("b" + status, "10.45.0.2"), 502, "INBOUND_SERVER_ERROR");
    }
    core.behave(Map.of());
    Eventually.holds("asked again a second later", () -> isMade("b503"));
  }

  private boolean isMade(String ref) {
    try {
      return create(ref, "10.45.0.2").state().equals("HELD");
    } catch (Refusal e) {
      return false;
    }
  }

  @Test
  void anUnconfirmedBindingIsGoneAfterItsHold() {
    service().createQosBinding(call(), request("b1", "10.45.0.2", "low-latency", 200));
    Eventually.holds("deleted at the core", () -> core.sessions().isEmpty());
    assertRefused(
        () ->
            service()
                .confirmQosBinding(
                    call(), new ConfirmQosBinding("b1", Instant.now().plusSeconds(9))),
        404,
        "BINDING_NOT_FOUND");
    assertNoHarmDone();
  }

  @Test
  void aLostAnswerIsNeverFollowedByASecondCreate() {
    core.behave(Map.of("loseAnswers", true, "times", 1));
    assertRefused(() -> create("b1", "10.45.0.2"), 504, "TIMED_OUT_REQUEST");
    assertRefused(() -> create("b1", "10.45.0.2"), 504, "TIMED_OUT_REQUEST");
    assertThat(core.count("CREATE")).isEqualTo(1);
    String id = core.sessions().get(0).path("id").asText();
    assertThat(core.terminate(id)).isEqualTo(204);
    Eventually.holds("resolved once the core named it", () -> core.sessions().isEmpty());
  }

  @Test
  void anAnswerCutShortIsResolvedByDeletion() {
    core.behave(Map.of("breakAnswers", true, "times", 1));
    assertRefused(() -> create("b1", "10.45.0.2"), 502, "INBOUND_SERVER_ERROR");
    Eventually.holds("deleted", () -> core.sessions().isEmpty());
    assertNoHarmDone();
  }

  @Test
  void theLostAppSessionIsTakenOverWhenTheCorePointsAtIt() {
    core.behave(Map.of("loseAnswers", true, "times", 1));
    assertRefused(() -> create("b1", "10.45.0.2"), 504, "TIMED_OUT_REQUEST");
    core.behave(Map.of("seeOther", true));
    assertThat(create("b2", "10.45.0.2").state()).isEqualTo("HELD");
    assertThat(core.sessions()).hasSize(1);
    assertRefused(() -> create("b3", "10.45.0.2"), 403, "DUPLICATED_AF_SESSION");
    delete("b2");
    assertThat(core.sessions()).isEmpty();
    assertNoHarmDone();
  }

  @Test
  void aFailedDeletionIsRepeatedUntilTheCoreLetsGo() {
    create("b1", "10.45.0.2");
    core.behave(
        Map.of("operations", List.of("DELETE"), "times", 1, "refuse", Map.of("status", 503)));
    assertRefused(() -> delete("b1"), 502, "INBOUND_SERVER_ERROR");
    Eventually.holds("deleted later", () -> core.sessions().isEmpty());
    assertThat(delete("b1")).isEqualTo(NoContent.INSTANCE);
  }

  @Test
  void afterARestartTheJournalSettlesWhatWasLeft() {
    service().createQosBinding(call(), request("b1", "10.45.0.2", "low-latency", 2_000));
    create("b2", "10.45.0.3");
    service().confirmQosBinding(call(), new ConfirmQosBinding("b2", Instant.now().plusSeconds(60)));
    adapter.close();
    assertThat(core.sessions()).hasSize(2);
    adapter = PcfAdapterMain.start(config());
    Eventually.holds("the hold is deleted", () -> core.sessions().size() == 1);
    assertThat(get("b2").state()).isEqualTo("CONFIRMED");
    delete("b2");
    assertThat(core.sessions()).isEmpty();
    assertNoHarmDone();
  }

  @Test
  void aSecondAdapterOnTheSameJournalRefusesToStart() {
    assertThatThrownBy(() -> PcfAdapterMain.start(config()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("journal");
  }

  @Test
  void callbacksOfStrangersChangeNothing() {
    create("b1", "10.45.0.2");
    String path = "/npcfadapter-callbacks/v1/n5/guess/terminate";
    Map<String, String> told =
        Map.of("termCause", "PDU_SESSION_TERMINATION", "resUri", "http://x/app-sessions/1");
    URI callbacks = URI.create("http://127.0.0.1:" + adapter.callbackPort());
    try (RawClient stranger = RawClient.create(ClientConfig.cleartext(callbacks), null)) {
      assertThat(status(stranger, path, told)).isEqualTo(204);
      assertThat(status(stranger, path, Map.of("evSubsUri", "http://x"))).isEqualTo(204);
      assertThat(status(stranger, path, Map.of())).isEqualTo(400);
      assertThat(status(stranger, path, null)).isEqualTo(400);
    }
    assertThat(get("b1").state()).isEqualTo("HELD");
  }

  private static int status(RawClient client, String path, Object body) {
    return client.send(RawClient.Request.of("POST", path, body), Duration.ofSeconds(5)).status();
  }

  /** Zero crashes of the core under a random workload. */
}
