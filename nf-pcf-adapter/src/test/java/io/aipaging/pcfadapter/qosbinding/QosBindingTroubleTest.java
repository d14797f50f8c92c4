package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Created;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Deleted;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QosBindingTroubleTest extends ServiceFixture {
  /** O-40: an id given twice is another's now; its former holder is lost and deletes nothing. */
  @Test
  void aCoreThatCountsAnewTakesNothingFromTheNewHolder() {
    var _ = create("old");
    core.onDelete = id -> new Deleted.Failed(true, "away");
    var _ = service.createQosBinding(call(), request("ending", "10.45.0.3", "low-latency"));
    assertRefused(
        () -> service.deleteQosBinding(call(), new DeleteQosBinding("ending")),
        504,
        "TARGET_NF_NOT_REACHABLE");
    core.sessions.clear();
    core.number.set(0);
    core.onDelete = core::drop;
    var _ = service.createQosBinding(call(), request("new1", "10.45.0.4", "low-latency"));
    var _ = service.createQosBinding(call(), request("new2", "10.45.0.5", "low-latency"));
    now.set(START.plusSeconds(2));
    service.sweep();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("old")), 404, "BINDING_NOT_FOUND");
    assertThat(core.sessions).containsOnlyKeys("app-1", "app-2");
    var _ = create("old");
    assertThat(core.sessions).containsOnlyKeys("app-1", "app-2", "app-3");
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
}
