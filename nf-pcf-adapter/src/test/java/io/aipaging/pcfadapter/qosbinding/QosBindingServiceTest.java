package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.Snssai;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Created;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Deleted;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QosBindingServiceTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
  private static final ServiceAddress SERVICE = new ServiceAddress("203.0.113.10", "TCP", 8000);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicInteger notifIds = new AtomicInteger();
  private final FakeCore core = new FakeCore();
  private final FakeJournal journal = new FakeJournal();
  private final RecordingObserver observer = new RecordingObserver();
  private final Lanes lanes =
      new Lanes(
          new LaneLimits(Duration.ZERO, 8, 16, 100), time -> {}, Thread.ofVirtual().factory());
  private QosBindingService service = newService();

  private QosBindingService newService() {
    return new QosBindingService(
        new QosBindingService.Ports(core, journal, lanes, observer, now::get),
        BindingLimits.defaults(),
        () -> "notif-" + notifIds.incrementAndGet());
  }

  @AfterEach
  void close() {
    core.mayAnswer.countDown();
    lanes.close();
  }

  private static CreateQosBinding request(String ref) {
    return request(ref, "10.45.0.2", "low-latency");
  }

  private static CreateQosBinding request(String ref, String ue, String qosReference) {
    return new CreateQosBinding(
        ref,
        ue,
        SERVICE,
        "internet",
        new Snssai(1, "010203"),
        "imsi-001010000000001",
        qosReference,
        "20 Mbps",
        "20 Mbps",
        5_000);
  }

  private Call call() {
    return call(Duration.ofSeconds(5));
  }

  private Call call(Duration time) {
    return Call.within("aipf", now.get(), time);
  }

  private QosBinding create(String ref) {
    return service.createQosBinding(call(), request(ref));
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
  void aCreatedBindingIsHeldAndJournaledBeforeItIsAnswered() {
    QosBinding binding = create("b1");
    assertThat(binding)
        .isEqualTo(
            new QosBinding("b1", "HELD", "ACCEPTED", "low-latency", START.plusMillis(5_000), null));
    assertThat(journal.state("b1"))
        .isInstanceOfSatisfying(
            Binding.Held.class, held -> assertThat(held.appSessionId()).isEqualTo("app-1"));
  }

  @Test
  void aRepeatAnswersAsTheFirstWithoutAskingTheCore() {
    QosBinding first = create("b1");
    assertThat(create("b1")).isEqualTo(first);
    assertThat(core.calls).containsExactly("create 10.45.0.2");
  }

  @Test
  void concurrentRepeatsShareOneCreate() {
    core.mayAnswer = new CountDownLatch(1);
    var first = CompletableFuture.supplyAsync(() -> create("b1"));
    Eventually.holds("the core is asked", () -> !core.calls.isEmpty());
    var second = CompletableFuture.supplyAsync(() -> create("b1"));
    core.mayAnswer.countDown();
    assertThat(second.join()).isEqualTo(first.join());
    assertThat(core.calls).hasSize(1);
  }

  @Test
  void otherContentUnderTheSameReferenceIsRefused() {
    create("b1");
    assertRefused(
        () -> service.createQosBinding(call(), request("b1", "10.45.0.2", "best-effort")),
        409,
        "BINDING_REF_IN_USE");
  }

  @Test
  void everyMemberAtFaultIsNamed() {
    CreateQosBinding bad =
        new CreateQosBinding(
            "a b",
            "example.org",
            new ServiceAddress("203.0.113.10", "SCTP", 0),
            "in ternet",
            new Snssai(256, "zz"),
            "1",
            "",
            "20",
            "20 mbit",
            1);
    Refusal refusal =
        catchThrowableOfType(Refusal.class, () -> service.createQosBinding(call(), bad));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.invalidParams())
        .extracting(InvalidParam::param)
        .containsExactlyInAnyOrder(
            "/bindingRef",
            "/ueAddress",
            "/service",
            "/dnn",
            "/snssai/sst",
            "/snssai/sd",
            "/supi",
            "/qosReference",
            "/maxBwUl",
            "/maxBwDl",
            "/holdTtlMs");
    assertThat(core.calls).isEmpty();
  }

  @Test
  void anUnconfirmedHoldIsDeletedAtItsEnd() {
    create("b1");
    now.set(START.plusMillis(4_999));
    service.sweep();
    assertThat(core.sessions).hasSize(1);
    now.set(START.plusMillis(5_000));
    service.sweep();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
    Eventually.holds("forgotten", () -> journal.state("b1") == null);
    assertThat(observer.events).contains("ended b1 HOLD_EXPIRED");
  }

  @Test
  void aHoldPastItsEndCannotBeConfirmedEvenBeforeItIsSwept() {
    create("b1");
    now.set(START.plusMillis(5_000));
    assertRefused(
        () ->
            service.confirmQosBinding(
                call(), new ConfirmQosBinding("b1", now.get().plusSeconds(9))),
        404,
        "BINDING_NOT_FOUND");
  }

  @Test
  void aConfirmedBindingLivesUntilSomeTimeAfterItsSession() {
    create("b1");
    Instant end = START.plusSeconds(600);
    assertThat(service.confirmQosBinding(call(), new ConfirmQosBinding("b1", end)))
        .isEqualTo(new QosBinding("b1", "CONFIRMED", "ACCEPTED", "low-latency", null, end));
    now.set(end.plusSeconds(29));
    service.sweep();
    assertThat(core.sessions).hasSize(1);
    now.set(end.plusSeconds(30));
    service.sweep();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void confirmingAgainMovesTheEnd() {
    create("b1");
    service.confirmQosBinding(call(), new ConfirmQosBinding("b1", START.plusSeconds(60)));
    service.confirmQosBinding(call(), new ConfirmQosBinding("b1", START.plusSeconds(600)));
    now.set(START.plusSeconds(300));
    service.sweep();
    assertThat(service.getQosBinding(call(), new GetQosBinding("b1")).expiresAt())
        .isEqualTo(START.plusSeconds(600));
  }

  @Test
  void anEndInThePastOrFarAwayIsRefused() {
    create("b1");
    assertRefused(
        () -> service.confirmQosBinding(call(), new ConfirmQosBinding("b1", START)),
        400,
        "MANDATORY_IE_INCORRECT");
    assertRefused(
        () ->
            service.confirmQosBinding(
                call(), new ConfirmQosBinding("b1", START.plus(Duration.ofDays(30)))),
        400,
        "MANDATORY_IE_INCORRECT");
  }

  @Test
  void deletingAnswersOnlyWhenTheCoreHasLetGo() {
    create("b1");
    assertThat(service.deleteQosBinding(call(), new DeleteQosBinding("b1")))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(core.sessions).isEmpty();
    assertThat(service.deleteQosBinding(call(), new DeleteQosBinding("b1")))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(service.deleteQosBinding(call(), new DeleteQosBinding("never")))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(core.calls).containsExactly("create 10.45.0.2", "delete app-1");
  }

  @Test
  void aFailedDeletionIsReportedAndRepeated() {
    create("b1");
    core.onDelete = id -> new Deleted.Failed(false, "503");
    assertRefused(
        () -> service.deleteQosBinding(call(), new DeleteQosBinding("b1")),
        502,
        "INBOUND_SERVER_ERROR");
    assertThat(journal.state("b1")).isInstanceOf(Binding.Ending.class);
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");
    core.onDelete = core::drop;
    now.set(START.plusSeconds(2));
    service.sweep();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void deletingWhileTheCreateIsUnderWayLeavesNothing() {
    core.mayAnswer = new CountDownLatch(1);
    var creating = CompletableFuture.supplyAsync(() -> create("b1"));
    Eventually.holds("the core is asked", () -> !core.calls.isEmpty());
    var deleting =
        CompletableFuture.supplyAsync(
            () -> service.deleteQosBinding(call(), new DeleteQosBinding("b1")));
    Eventually.holds(
        "the end is wanted",
        () ->
            journal.state("b1") instanceof Binding.Creating creatingNow
                && creatingNow.endWanted() != null);
    core.mayAnswer.countDown();
    assertThat(deleting.join()).isEqualTo(NoContent.INSTANCE);
    assertThat(core.sessions).isEmpty();
    assertRefused(() -> joined(creating), 404, "BINDING_NOT_FOUND");
  }

  private static void joined(CompletableFuture<?> future) throws Throwable {
    try {
      future.join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  @Test
  void whatTheCoreRefusesIsRefusedWithItsCauseAndLeavesNothing() {
    core.onCreate =
        order -> new Created.Refused("REQUESTED_SERVICE_NOT_AUTHORIZED", Duration.ofSeconds(7));
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> create("b1"));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.problemCause()).isEqualTo("REQUESTED_SERVICE_NOT_AUTHORIZED");
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(journal.state("b1")).isNull();
    core.onCreate = core::make;
    assertThat(create("b1").state()).isEqualTo("HELD");
  }

  @Test
  void aCoreInTroubleOrOutOfReachLeavesNothing() {
    core.onCreate = order -> new Created.Failed(false, "503");
    assertRefused(() -> create("b1"), 502, "INBOUND_SERVER_ERROR");
    core.onCreate = order -> new Created.Failed(true, "refused");
    assertRefused(() -> create("b1"), 504, "TARGET_NF_NOT_REACHABLE");
    assertThat(journal.replay()).isEmpty();
  }

  @Test
  void aLostAnswerIsReportedAndNeverSentAgain() {
    core.onCreate = order -> new Created.Lost("reset");
    assertRefused(() -> create("b1"), 504, "TIMED_OUT_REQUEST");
    core.onCreate = core::make;
    assertRefused(() -> create("b1"), 504, "TIMED_OUT_REQUEST");
    assertRefused(
        () -> service.deleteQosBinding(call(), new DeleteQosBinding("b1")),
        502,
        "INBOUND_SERVER_ERROR");
    assertThat(core.calls).hasSize(1);
    assertThat(observer.events).containsExactly("lost b1");
    now.set(START.plus(Duration.ofMinutes(10)));
    service.sweep();
    assertThat(service.deleteQosBinding(call(), new DeleteQosBinding("b1")))
        .isEqualTo(NoContent.INSTANCE);
  }

  @Test
  void aLostCreateIsResolvedWhenTheCoreNamesIt() {
    core.onCreate =
        order -> {
          core.make(order);
          return new Created.Lost("reset");
        };
    assertRefused(() -> create("b1"), 504, "TIMED_OUT_REQUEST");
    assertThat(service.terminatedByCore("notif-1", "app-1", "PDU_SESSION_TERMINATION")).isTrue();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void anAnswerThatNamesTheResourceButMakesNoSenseIsResolvedByDeletion() {
    core.onCreate =
        order -> {
          core.make(order);
          return new Created.Unusable("app-1", "no JSON");
        };
    assertRefused(() -> create("b1"), 502, "INBOUND_SERVER_ERROR");
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void aDriverThatBreaksOffCountsAsALostAnswer() {
    core.onCreate =
        order -> {
          throw new IllegalStateException("bug");
        };
    assertRefused(() -> create("b1"), 504, "TIMED_OUT_REQUEST");
    assertThat(observer.events).containsExactly("lost b1");
  }

  @Test
  void anEquivalentAppSessionIsAdoptedOnlyWhenItIsTheLostOne() {
    core.onCreate =
        order -> {
          core.make(order);
          return new Created.Lost("reset");
        };
    assertRefused(() -> create("b1"), 504, "TIMED_OUT_REQUEST");
    core.onCreate = order -> new Created.Existing("app-1");
    assertThat(create("b2").state()).isEqualTo("HELD");
    assertThat(service.deleteQosBinding(call(), new DeleteQosBinding("b1")))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(service.terminatedByCore("notif-1", "app-1", "X")).isTrue();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void anEquivalentAppSessionThatCannotBeReadIsNotTakenOver() {
    core.onCreate = order -> new Created.Existing("app-1");
    core.onRead =
        id -> {
          throw new IllegalStateException("bug");
        };
    assertRefused(() -> create("b1"), 403, "DUPLICATED_AF_SESSION");
  }

  @Test
  void somebodyElsesEquivalentAppSessionStaysUntouched() {
    create("b1");
    core.onCreate = order -> new Created.Existing("app-1");
    assertRefused(() -> create("b2"), 403, "DUPLICATED_AF_SESSION");
    assertThat(core.sessions).hasSize(1);
    core.onRead = id -> new Shown.Present(null);
    assertRefused(() -> create("b3"), 403, "DUPLICATED_AF_SESSION");
  }

  @Test
  void aCallerThatGivesUpWaitingIsAnsweredAndTheHoldStillEnds() {
    core.mayAnswer = new CountDownLatch(1);
    assertRefused(
        () -> service.createQosBinding(call(Duration.ofMillis(50)), request("b1")),
        504,
        "TIMED_OUT_REQUEST");
    core.mayAnswer.countDown();
    Eventually.holds("held", () -> journal.state("b1") instanceof Binding.Held);
    now.set(START.plusSeconds(6));
    service.sweep();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void aCreateWhoseCallerHasGoneIsNeverSent() {
    core.mayAnswer = new CountDownLatch(1);
    var first = CompletableFuture.supplyAsync(() -> create("b1"));
    Eventually.holds("the lane is taken", () -> core.calls.size() == 1);
    assertRefused(
        () -> service.createQosBinding(call(Duration.ofMillis(50)), request("b2")),
        504,
        "TIMED_OUT_REQUEST");
    core.mayAnswer.countDown();
    first.join();
    service.deleteQosBinding(call(), new DeleteQosBinding("b1"));
    assertThat(core.calls).containsExactly("create 10.45.0.2", "delete app-1");
  }

  @Test
  void aPduSessionHoldsNoMoreThanThree() {
    create("b1");
    create("b2");
    create("b3");
    assertRefused(() -> create("b4"), 403, "REQUESTED_SERVICE_TEMPORARILY_NOT_AUTHORIZED");
    service.deleteQosBinding(call(), new DeleteQosBinding("b1"));
    assertThat(create("b4").state()).isEqualTo("HELD");
    assertThat(service.createQosBinding(call(), request("b5", "10.45.0.3", "x")).state())
        .isEqualTo("HELD");
  }

  @Test
  void terminationByTheCoreMakesTheBindingGoneAndDeletesItsResource() {
    create("b1");
    assertThat(service.terminatedByCore("notif-1", "app-1", "PDU_SESSION_TERMINATION")).isTrue();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");
    assertRefused(
        () -> service.confirmQosBinding(call(), new ConfirmQosBinding("b1", START.plusSeconds(60))),
        404,
        "BINDING_NOT_FOUND");
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
    assertThat(service.terminatedByCore("notif-1", "app-1", "PDU_SESSION_TERMINATION")).isFalse();
  }

  @Test
  void terminationOfSomethingElseChangesNothing() {
    create("b1");
    assertThat(service.terminatedByCore("guess", "app-1", "X")).isFalse();
    assertThat(service.terminatedByCore("notif-1", "app-9", "X")).isFalse();
    assertThat(service.getQosBinding(call(), new GetQosBinding("b1")).state()).isEqualTo("HELD");
  }

  @Test
  void terminationThatOvertakesTheAnswerOfItsCreateIsObeyed() {
    core.mayAnswer = new CountDownLatch(1);
    var creating = CompletableFuture.supplyAsync(() -> create("b1"));
    Eventually.holds("the core is asked", () -> !core.calls.isEmpty());
    assertThat(service.terminatedByCore("notif-1", null, "PDU_SESSION_TERMINATION")).isTrue();
    core.mayAnswer.countDown();
    assertRefused(() -> joined(creating), 404, "BINDING_NOT_FOUND");
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void whatTheCoreNoLongerShowsIsGone() {
    create("b1");
    core.sessions.clear();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");
    assertThat(service.deleteQosBinding(call(), new DeleteQosBinding("b1")))
        .isEqualTo(NoContent.INSTANCE);
    assertThat(core.calls).doesNotContain("delete app-1");
  }

  @Test
  void aCoreThatCannotBeReadLeavesWhatTheAdapterKnows() {
    create("b1");
    core.onRead = id -> new Shown.Unsupported();
    assertThat(service.getQosBinding(call(), new GetQosBinding("b1")).state()).isEqualTo("HELD");
    core.onRead = id -> new Shown.Unknown("503");
    assertThat(service.getQosBinding(call(), new GetQosBinding("b1")).state()).isEqualTo("HELD");
  }

  @Test
  void afterARestartUnconfirmedBindingsAreDeletedAndConfirmedOnesKept() {
    create("b1");
    create("b2");
    service.confirmQosBinding(call(), new ConfirmQosBinding("b2", START.plusSeconds(600)));
    service = newService();
    service.sweep();
    Eventually.holds("the hold is gone", () -> core.sessions.size() == 1);
    assertThat(core.sessions).containsOnlyKeys("app-2");
    assertThat(service.getQosBinding(call(), new GetQosBinding("b2")).state())
        .isEqualTo("CONFIRMED");
    assertThat(create("b2").state()).isEqualTo("CONFIRMED");
  }

  @Test
  void afterARestartAnotherConsumersResourceUnderTheSameIdIsLeftAlone() {
    create("b1");
    core.onRead = id -> new Shown.Present("somebody-else");
    service = newService();
    service.sweep();
    Eventually.holds("given up", () -> journal.state("b1") == null);
    assertThat(core.calls).containsExactly("create 10.45.0.2", "read app-1");
  }

  @Test
  void afterARestartDeletionWaitsForACoreThatAnswers() {
    create("b1");
    core.onRead = id -> new Shown.Unknown("out of reach");
    service = newService();
    service.sweep();
    Eventually.holds("tried", () -> observer.events.contains("deletion failed b1 1"));
    core.onRead = core::show;
    now.set(START.plusSeconds(2));
    service.sweep();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void nothingIsSentWhenTheJournalCannotRememberIt() {
    journal.fails = state -> state instanceof Binding.Creating;
    assertRefused(() -> create("b1"), 500, "SYSTEM_FAILURE");
    assertThat(core.calls).isEmpty();
  }

  @Test
  void whatTheJournalCannotRememberIsDeletedAtOnce() {
    journal.fails = state -> state instanceof Binding.Held;
    assertRefused(() -> create("b1"), 500, "SYSTEM_FAILURE");
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test
  void twoAddressesOfOneIpv6PduSessionShareItsLane() {
    core.mayAnswer = new CountDownLatch(1);
    var first =
        CompletableFuture.supplyAsync(
            () -> service.createQosBinding(call(), request("b1", "2001:db8:45::1", "x")));
    Eventually.holds("the lane is taken", () -> core.calls.size() == 1);
    assertRefused(
        () ->
            service.createQosBinding(
                call(Duration.ofMillis(50)), request("b2", "2001:db8:45::2", "x")),
        504,
        "TIMED_OUT_REQUEST");
    core.mayAnswer.countDown();
    first.join();
    assertThat(core.calls).hasSize(1);
  }
}
