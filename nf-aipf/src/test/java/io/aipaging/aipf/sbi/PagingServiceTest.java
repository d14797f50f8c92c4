package io.aipaging.aipf.sbi;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.paging.Stage;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.GetSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.openapi.paging.Ue;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What naipf-paging answers to a page. */
class PagingServiceTest extends PagingServiceScenario {
  private static final String THUMBPRINT = "a".repeat(43);

  @Test
  void aPageIsAnsweredWithEverythingItsClientNeeds() {
    Session session = page("10.45.0.2");
    assertThat(session.state()).isEqualTo("ACTIVE");
    assertThat(session.aisi()).isEqualTo("urn:aisi:example.org:embedding:standard:1");
    assertThat(session.serviceAddress().address()).isEqualTo("203.0.113.10");
    assertThat(session.serviceUri()).isEqualTo("http://203.0.113.10:8000/v1");
    assertThat(session.token().tokenType()).isEqualTo("Bearer");
    assertThat(session.token().expiresAt()).isBeforeOrEqualTo(session.expiresAt());
    assertThat(session.qos().status()).isEqualTo("CONFIRMED");
    assertThat(session.qos().qosReference()).isEqualTo("qos-ai");
    assertThat(session.leases()).singleElement().extracting("state").isEqualTo("SERVING");
    assertThat(world.stages).contains(Stage.ANSWER);
  }

  @Test // L2.2
  void noAnswerShowsACommitOrASupi() {
    Session session = page("10.45.0.2");
    String commit =
        world
            .session(new io.aipaging.protocol.SessionId(session.sessionId()))
            .state()
            .live()
            .getFirst()
            .commit()
            .jws();
    assertThat(session.toString()).doesNotContain(commit).doesNotContain("imsi-");
  }

  @Test
  void theTokenIsOnlyInAnswersToCreateAndRenew() {
    Session session = page("10.45.0.2");
    String id = session.sessionId();
    assertThat(service.getSession(call(), new GetSession(id)).token()).isNull();
    assertThat(service.listSessions(call(), all()).sessions())
        .allMatch(listed -> listed.token() == null);
    assertThat(service.relocateSession(call(), new RelocateSession(id, null)).session().token())
        .isNull();
    assertThat(service.renewSession(call(), new RenewSession(id, 600)).token()).isNotNull();
  }

  @Test
  void aDpopKeyMakesADpopToken() {
    CreateSession request = request("10.45.0.2", new TokenBinding("DPOP", THUMBPRINT, null), null);
    assertThat(service.createSession(call(), request).token().tokenType()).isEqualTo("DPoP");
  }

  @ParameterizedTest // L5.1
  @CsvSource({
    "DPOP, /tokenBinding/jkt",
    "MTLS, /tokenBinding/x5tS256",
    "OTHER, /tokenBinding/type"
  })
  void aBindingWithoutItsThumbprintIsRefused(String type, String pointer) {
    Refusal refusal =
        refusal(
            () ->
                service.createSession(
                    call(), request("10.45.0.2", new TokenBinding(type, null, null), null)));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.invalidParams()).extracting(InvalidParam::param).containsExactly(pointer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "10.45.0.256", "10.45.0.2; rm", "::g"})
  void anAddressThatIsNoneIsRefused(String address) {
    Refusal refusal = refusal(() -> service.createSession(call(), request(address, null, null)));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.problemCause()).isEqualTo("MANDATORY_IE_INCORRECT");
    assertThat(refusal.invalidParams())
        .extracting(InvalidParam::param)
        .containsExactly("/ue/ueAddress");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 9, 86_401, Integer.MAX_VALUE})
  void aLengthOutOfRangeIsRefused(int seconds) {
    assertThat(
            refusal(() -> service.createSession(call(), request("10.45.0.2", null, seconds)))
                .status())
        .isEqualTo(400);
    Session session = page("10.45.0.2");
    assertThat(
            refusal(
                    () ->
                        service.renewSession(
                            call(), new RenewSession(session.sessionId(), seconds)))
                .status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "anchor-a.createHold, 503, 503, INSUFFICIENT_RESOURCES",
    "qos.create, 403, 403, QOS_REJECTED",
    "qos.create, 504, 403, QOS_REJECTED",
    "anchor-a.applySERVE, 409, 502, INBOUND_SERVER_ERROR",
    "gate.probeSTEERED, 500, 502, INBOUND_SERVER_ERROR"
  })
  void aPageThatIsUndoneSaysWhyInTheSpecificationsWords(
      String point, int status, int answered, String cause) {
    world.demanding(Demand.REQUIRED);
    world.faults.refuse(point, status, "BY_THE_TEST");
    if (point.endsWith("createHold")) {
      world.anchors.keySet().forEach(a -> world.faults.refuse(a + ".createHold", 503, "FULL"));
    }
    Refusal refusal = refusal(() -> page("10.45.0.2"));
    assertThat(refusal.status()).isEqualTo(answered);
    assertThat(refusal.problemCause()).isEqualTo(cause);
  }

  @Test
  void aPeerThatCannotBeReachedIs504() {
    world.faults.refuse("anchor-a.applySERVE", 504, "TARGET_NF_NOT_REACHABLE");
    Refusal refusal = refusal(() -> page("10.45.0.2"));
    assertThat(refusal.status()).isEqualTo(504);
    assertThat(refusal.problemCause()).isEqualTo("TARGET_NF_NOT_REACHABLE");
  }

  @Test
  void aDeadlineThatPassesIs504() {
    world.faults.before("gate.probeSTEERED", () -> world.clock.advance(Duration.ofSeconds(6)));
    Refusal refusal = refusal(() -> page("10.45.0.2"));
    assertThat(refusal.status()).isEqualTo(504);
    assertThat(refusal.problemCause()).isEqualTo("TIMED_OUT_REQUEST");
  }

  @Test
  void anIntentNobodyUnderstandsIsRefusedWithoutRepeatingIt() {
    CreateSession request =
        new CreateSession(
            "af-1",
            new Ue("10.45.0.2", null, null, null),
            new Intent("my secret wish", "NONSENSE", null, null, null, null, null),
            null,
            null);
    Refusal refusal = refusal(() -> service.createSession(call(), request));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.problemCause()).isEqualTo("INTENT_NOT_RESOLVABLE");
    assertThat(refusal.detail()).doesNotContain("secret");
  }

  @Test
  void conflictsAre409() {
    page("10.45.0.2");
    assertThat(refusal(() -> page("10.45.0.2")).problemCause()).isEqualTo("FLOW_IN_USE");
    Call keyed = call().withIdempotencyKey("k-1");
    service.createSession(keyed, request("10.45.0.3", null, null));
    Refusal reused = refusal(() -> service.createSession(keyed, request("10.45.0.4", null, null)));
    assertThat(reused.status()).isEqualTo(409);
    assertThat(reused.problemCause()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void aRepeatedPageGetsAnEqualAnswer() {
    Call keyed = call().withIdempotencyKey("k-1");
    Session first = service.createSession(keyed, request("10.45.0.2", null, null));
    assertThat(service.createSession(keyed, request("10.45.0.2", null, null))).isEqualTo(first);
  }
}
