package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Shown;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class QosBindingCoreEventsTest extends ServiceFixture {
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
  void afterARestartUnconfirmedBindingsAreDeletedWhenTheirHoldIsOverAndConfirmedOnesKept() {
    create("b1");
    create("b2");
    service.confirmQosBinding(call(), new ConfirmQosBinding("b2", START.plusSeconds(600)));
    service = newService();
    now.set(START.plusSeconds(5));
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
    now.set(START.plusSeconds(5));
    service.sweep();
    Eventually.holds("given up", () -> journal.state("b1") == null);
    assertThat(core.calls).containsExactly("create 10.45.0.2", "read app-1");
  }

  @Test
  void afterARestartDeletionWaitsForACoreThatAnswers() {
    create("b1");
    core.onRead = id -> new Shown.Unknown("out of reach");
    service = newService();
    now.set(START.plusSeconds(5));
    service.sweep();
    Eventually.holds("tried", () -> observer.events.contains("deletion failed b1 1"));
    core.onRead = core::show;
    now.set(START.plusSeconds(7));
    service.sweep();
    Eventually.holds("deleted", () -> core.sessions.isEmpty());
  }

  @Test // lease-protocol §5: what is not confirmed within the hold's time goes, nothing earlier
  void aHoldMayStillBeConfirmedAfterARestart() {
    create("b1");
    service = newService();
    service.sweep();
    now.set(START.plusSeconds(4));
    service.sweep();
    assertThat(
            service
                .confirmQosBinding(call(), new ConfirmQosBinding("b1", START.plusSeconds(600)))
                .state())
        .isEqualTo("CONFIRMED");
    now.set(START.plusSeconds(60));
    service.sweep();
    assertThat(core.sessions).containsOnlyKeys("app-1");
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
