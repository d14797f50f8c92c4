package io.aipaging.pcfadapter.qosbinding;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.ListedBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.pcfadapter.qosbinding.PolicyAuthorization.Created;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reconciler needs of the adapter (lease-protocol §5, Recover). */
class QosBindingListTest extends ServiceFixture {
  @Test
  void aListTellsWhatEachBindingIs() {
    create("held");
    create("kept");
    service.confirmQosBinding(call(), new ConfirmQosBinding("kept", START.plusSeconds(600)));
    create("over");
    service.terminatedByCore("notif-3", null, "PDU_SESSION_TERMINATION");

    assertThat(list(null, null).bindings())
        .containsExactly(
            new ListedBinding("held", "HELD", "ACCEPTED", START.plusSeconds(5), null),
            new ListedBinding("kept", "CONFIRMED", "ACCEPTED", START.plusSeconds(600), null),
            new ListedBinding("over", "TERMINATED", "ACCEPTED", null, "PDU_SESSION_TERMINATION"));
  }

  @Test
  void whatTheCoreEndedIsListedForAWhileAndWhatWasDeletedIsNot() {
    create("gone");
    service.deleteQosBinding(call(), new DeleteQosBinding("gone"));
    create("over");
    service.terminatedByCore("notif-2", null, "X_Y");
    Eventually.holds("let go", () -> core.sessions.isEmpty());
    assertThat(list(null, null).bindings()).extracting(ListedBinding::state).contains("TERMINATED");
    assertThat(list(null, null).bindings())
        .extracting(ListedBinding::bindingRef)
        .containsExactly("over");

    now.set(START.plus(BindingLimits.defaults().endedKept()));
    service.sweep();

    assertThat(list(null, null).bindings()).isEmpty();
  }

  @Test
  void aLostCreateIsListedAsSuch() {
    core.onCreate = order -> new Created.Lost("no answer");
    assertRefused(() -> create("b1"), 504, "TIMED_OUT_REQUEST");
    assertThat(list(null, null).bindings())
        .containsExactly(new ListedBinding("b1", "LOST", "ACCEPTED", null, null));
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    for (int i = 0; i < 5; i++) {
      service.createQosBinding(call(), request("b" + i, "10.45.1." + i, "low-latency"));
    }
    List<String> listed = new ArrayList<>();
    String token = null;
    do {
      QosBindingList page = list(2, token);
      assertThat(page.bindings()).hasSizeBetween(1, 2);
      page.bindings().forEach(binding -> listed.add(binding.bindingRef()));
      token = page.nextPageToken();
    } while (token != null);
    assertThat(listed).containsExactly("b0", "b1", "b2", "b3", "b4");
  }

  @Test
  void aPageIsNoLongerThanItsBound() {
    assertRefused(() -> list(201, null), 400, "OPTIONAL_QUERY_PARAM_INCORRECT");
    assertRefused(() -> list(0, null), 400, "OPTIONAL_QUERY_PARAM_INCORRECT");
  }

  @Test // a core that restarted has forgotten, and the same reference is asked for again
  void whatTheCoreDroppedMayBeMadeAgainUnderItsReference() {
    create("b1");
    service.confirmQosBinding(call(), new ConfirmQosBinding("b1", START.plusSeconds(600)));
    core.sessions.clear();
    assertRefused(
        () -> service.getQosBinding(call(), new GetQosBinding("b1")), 404, "BINDING_NOT_FOUND");

    assertThat(create("b1").state()).isEqualTo("HELD");
    assertThat(core.sessions).hasSize(1);
  }

  @Test
  void whatWasDeletedIsNotMadeAgainByALateRepeat() {
    create("b1");
    service.deleteQosBinding(call(), new DeleteQosBinding("b1"));
    assertRefused(() -> create("b1"), 409, "BINDING_REF_IN_USE");
  }

  @Test
  void whatTheCoreSaysOfALiveBindingIsPassedOnOnce() {
    create("b1");
    service.toldByCore("notif-1", false, "QOS_NOTIF");
    service.toldByCore("notif-1", true, "QOS_NOTIF");
    service.terminatedByCore("notif-1", "app-1", "PDU_SESSION_TERMINATION");
    service.terminatedByCore("notif-1", "app-1", "PDU_SESSION_TERMINATION");
    service.toldByCore("notif-1", false, "QOS_NOTIF");
    service.toldByCore("guess", false, "QOS_NOTIF");

    assertThat(observer.events.stream().filter(event -> event.startsWith("told ")))
        .containsExactly(
            "told b1 NOT_GUARANTEED QOS_NOTIF",
            "told b1 GUARANTEED QOS_NOTIF",
            "told b1 TERMINATED PDU_SESSION_TERMINATION");
  }

  private QosBindingList list(Integer limit, String token) {
    return service.listQosBindings(call(), new ListQosBindings(limit, token));
  }
}
