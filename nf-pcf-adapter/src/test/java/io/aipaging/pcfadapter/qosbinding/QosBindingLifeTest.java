package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Deleted;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QosBindingLifeTest extends ServiceFixture {
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
  void bindingsAreCountedByState() {
    create("b1");
    assertThat(service.bindingsIn("HELD")).isEqualTo(1);
    service.deleteQosBinding(call(), new DeleteQosBinding("b1"));
    Eventually.holds("it is gone", () -> service.bindingsIn("ENDED") == 1);
    assertThat(QosBindingService.states().stream().mapToInt(service::bindingsIn).sum())
        .isEqualTo(1);
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

  @Test // L4.5
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
}
