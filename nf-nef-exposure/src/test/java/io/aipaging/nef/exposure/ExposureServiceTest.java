package io.aipaging.nef.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.exposure.AiSessionRef;
import io.aipaging.openapi.exposure.CreateAiSession;
import io.aipaging.openapi.exposure.ListAiSessions;
import io.aipaging.openapi.exposure.RenewAiSession;
import io.aipaging.openapi.paging.CreateSession;
import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.TokenBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureServiceTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(FakePaging.START);
  private final FakePaging paging = new FakePaging();
  private final ExposureService service =
      new ExposureService(
          paging,
          AppRegistry.of(
              List.of(
                  new App("notes", prefixes("10.45.0.0/16", "2001:db8:45::/48"), 2),
                  new App("chat", prefixes("10.46.0.0/16"), 10))),
          "nef-1",
          now::get);

  private static List<AddressPrefix> prefixes(String... texts) {
    return List.of(texts).stream().map(AddressPrefix::parse).toList();
  }

  private Call call(String consumer) {
    return Call.within(consumer, now.get(), Duration.ofSeconds(5)).withIdempotencyKey("key-1");
  }

  private static CreateAiSession request(String afId, String ue) {
    return new CreateAiSession(
        afId, ue, Intent.ofText("embed my field notes"), TokenBinding.ueAddress(), 600);
  }

  private AiSession create(String afId, String ue) {
    return service.createAiSession(call(afId), request(afId, ue));
  }

  private static void assertRefused(ThrowingCallable action, int status, String cause) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(status);
              assertThat(refusal.problemCause()).isEqualTo(cause);
            });
  }

  @Test
  void anAppPagesForAUeItMayServe() {
    AiSession session = create("notes", "10.45.0.2");
    assertThat(session.state()).isEqualTo("ACTIVE");
    assertThat(session.anchorId()).isEqualTo("anchor-b");
    assertThat(session.token().accessToken()).isEqualTo("token-session-1");
    CreateSession page = (CreateSession) paging.requests.getLast();
    assertThat(page.afId()).isEqualTo("notes");
    assertThat(page.ue().ueAddress()).isEqualTo("10.45.0.2");
    assertThat(page.ue().supi()).isNull();
    assertThat(page.durationSec()).isEqualTo(600);
  }

  @Test
  void theAipfIsCalledInTheNamesOfTheNefWithAKeyOfTheAppsOwn() {
    create("notes", "10.45.0.2");
    Call ofNotes = paging.calls.getLast();
    create("chat", "10.46.0.2");
    Call ofChat = paging.calls.getLast();
    assertThat(ofNotes.consumer()).isEqualTo("nef-1");
    assertThat(ofNotes.idempotencyKey()).hasSize(64).isNotEqualTo(ofChat.idempotencyKey());
    assertThat(ofNotes.deadline()).isEqualTo(FakePaging.START.plusSeconds(5));
  }

  @Test
  void nobodySpeaksForAnotherApp() {
    assertRefused(
        () -> service.createAiSession(call("chat"), request("notes", "10.45.0.2")),
        403,
        "AF_NOT_AUTHORIZED");
    assertRefused(
        () -> service.getAiSession(call("chat"), new AiSessionRef("notes", "session-1")),
        403,
        "AF_NOT_AUTHORIZED");
    assertRefused(
        () -> service.listAiSessions(call("chat"), new ListAiSessions("notes", null, null)),
        403,
        "AF_NOT_AUTHORIZED");
    assertRefused(() -> create("stranger", "10.45.0.2"), 403, "AF_NOT_AUTHORIZED");
    assertThat(paging.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.46.0.2", "192.0.2.1", "2001:db8:46::1", "2001:db8::/32"})
  void aUeOfOthersIsNotServed(String ue) {
    assertRefused(() -> create("notes", ue), 403, "UE_NOT_AUTHORIZED");
    assertThat(paging.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.45.1",
        "171769858",
        "0x0a2d0002",
        "010.45.0.2.1",
        "ue.example.org",
        "",
        "::1%lo"
      })
  void whatIsNoPlainAddressIsRefused(String ue) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> create("notes", ue));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.invalidParams())
        .extracting(InvalidParam::param)
        .containsExactly("/ueAddress");
  }

  @Test
  void anotherAppsSessionLooksExactlyLikeNone() {
    create("notes", "10.45.0.2");
    Refusal theirs =
        catchThrowableOfType(
            Refusal.class,
            () -> service.getAiSession(call("chat"), new AiSessionRef("chat", "session-1")));
    Refusal none =
        catchThrowableOfType(
            Refusal.class,
            () -> service.getAiSession(call("chat"), new AiSessionRef("chat", "session-9")));
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(theirs.problemCause()).isEqualTo(none.problemCause());
    assertThat(theirs.detail()).isEqualTo(none.detail());
    assertRefused(
        () -> service.renewAiSession(call("chat"), new RenewAiSession("chat", "session-1", 60)),
        404,
        "SESSION_NOT_FOUND");
    assertRefused(
        () -> service.releaseAiSession(call("chat"), new AiSessionRef("chat", "session-1")),
        404,
        "SESSION_NOT_FOUND");
    assertThat(paging.sessions.get("session-1").state()).isEqualTo("ACTIVE");
  }

  @Test
  void aSessionOfNoAppIsNobodys() {
    paging.add("own", null, "10.45.0.9", "ACTIVE");
    assertRefused(
        () -> service.getAiSession(call("notes"), new AiSessionRef("notes", "own")),
        404,
        "SESSION_NOT_FOUND");
  }

  @Test
  void readsCarryNoToken() {
    create("notes", "10.45.0.2");
    create("chat", "10.46.0.2");
    assertThat(service.getAiSession(call("notes"), new AiSessionRef("notes", "session-1")).token())
        .isNull();
    assertThat(
            service
                .listAiSessions(call("notes"), new ListAiSessions("notes", null, null))
                .sessions())
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.sessionId()).isEqualTo("session-1");
              assertThat(session.token()).isNull();
            });
  }

  @Test
  void renewingReturnsANewToken() {
    create("notes", "10.45.0.2");
    AiSession renewed =
        service.renewAiSession(call("notes"), new RenewAiSession("notes", "session-1", 1_200));
    assertThat(renewed.expiresAt()).isEqualTo(FakePaging.START.plusSeconds(1_200));
    assertThat(renewed.token()).isNotNull();
  }

  @Test
  void aUeTakenFromAnAppIsNotRenewedButMayBeReleased() {
    paging.add("old", "notes", "10.99.0.2", "ACTIVE");
    assertRefused(
        () -> service.renewAiSession(call("notes"), new RenewAiSession("notes", "old", 60)),
        403,
        "UE_NOT_AUTHORIZED");
    assertThat(service.releaseAiSession(call("notes"), new AiSessionRef("notes", "old")))
        .isEqualTo(NoContent.INSTANCE);
  }

  @Test
  void releasingTwiceChangesNothing() {
    create("notes", "10.45.0.2");
    for (int i = 0; i < 2; i++) {
      assertThat(service.releaseAiSession(call("notes"), new AiSessionRef("notes", "session-1")))
          .isEqualTo(NoContent.INSTANCE);
    }
  }

  @Test
  void anAppHasNoMoreLiveSessionsThanItMay() {
    create("notes", "10.45.0.2");
    create("notes", "10.45.0.3");
    assertRefused(() -> create("notes", "10.45.0.4"), 429, "QUOTA_EXCEEDED");
    service.releaseAiSession(call("notes"), new AiSessionRef("notes", "session-1"));
    assertThat(create("notes", "10.45.0.4").state()).isEqualTo("ACTIVE");
    assertThat(create("chat", "10.46.0.2").state()).isEqualTo("ACTIVE");
  }

  @Test
  void sessionsThatEndedByThemselvesMakeRoom() {
    create("notes", "10.45.0.2");
    create("notes", "10.45.0.3");
    paging.sessions.remove("session-1");
    assertThat(create("notes", "10.45.0.4").state()).isEqualTo("ACTIVE");
    now.set(FakePaging.START.plusSeconds(601));
    paging.sessions.clear();
    assertThat(create("notes", "10.45.0.5").state()).isEqualTo("ACTIVE");
  }

  @Test
  void sessionsFromBeforeARestartCount() {
    paging.add("a", "notes", "10.45.0.2", "ACTIVE");
    paging.add("b", "notes", "10.45.0.3", "RELOCATING");
    paging.add("c", "notes", "10.45.0.4", "EXPIRED");
    assertRefused(() -> create("notes", "10.45.0.5"), 429, "QUOTA_EXCEEDED");
  }

  @Test
  void aRefusedPageGivesItsPlaceBack() {
    create("notes", "10.45.0.2");
    for (int i = 0; i < 3; i++) {
      paging.refusal = Refusal.of(409, "FLOW_IN_USE", "a live session has this flow");
      assertRefused(() -> create("notes", "10.45.0.2"), 409, "FLOW_IN_USE");
    }
    paging.refusal = null;
    assertThat(create("notes", "10.45.0.3").state()).isEqualTo("ACTIVE");
  }

  @ParameterizedTest
  @CsvSource({
    "500, SYSTEM_FAILURE, 502, INBOUND_SERVER_ERROR",
    "502, INBOUND_SERVER_ERROR, 502, INBOUND_SERVER_ERROR",
    "503, NF_CONGESTION, 502, INBOUND_SERVER_ERROR",
    "429, NF_CONGESTION_RISK, 502, INBOUND_SERVER_ERROR",
    "504, TIMED_OUT_REQUEST, 504, TIMED_OUT_REQUEST",
    "504, TARGET_NF_NOT_REACHABLE, 504, TARGET_NF_NOT_REACHABLE",
    "401, INVALID_TOKEN, 502, INBOUND_SERVER_ERROR",
    "403, INSUFFICIENT_SCOPE, 502, INBOUND_SERVER_ERROR",
    "403, QOS_REJECTED, 403, QOS_REJECTED",
    "409, FLOW_IN_USE, 409, FLOW_IN_USE",
    "400, OPTIONAL_IE_INCORRECT, 400, OPTIONAL_IE_INCORRECT"
  })
  void troubleOfTheAipfIsToldHonestly(int status, String cause, int told, String toldCause) {
    create("notes", "10.45.0.2");
    paging.refusal = Refusal.of(status, cause, "x").retryAfter(Duration.ofSeconds(3));
    assertRefused(() -> create("notes", "10.45.0.3"), told, toldCause);
    assertRefused(
        () -> service.getAiSession(call("notes"), new AiSessionRef("notes", "session-1")),
        told,
        toldCause);
  }

  @Test
  void parametersAtFaultHaveTheirNorthboundNames() {
    create("notes", "10.45.0.2");
    paging.refusal =
        Refusal.of(400, "MANDATORY_IE_INCORRECT", "x")
            .with(
                List.of(
                    new InvalidParam("/ue/ueAddress", "a"),
                    new InvalidParam("/ue/supi", "b"),
                    new InvalidParam("/afId", "c"),
                    new InvalidParam("/intent/text", "d")));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> create("notes", "10.45.0.3"));
    assertThat(refusal.invalidParams())
        .containsExactly(
            new InvalidParam("/ueAddress", "a"), new InvalidParam("/intent/text", "d"));
  }
}
