package io.aipaging.aipf.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.events.BindingReports;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.protocol.UeAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventsServiceTest {
  private final World world = new World();
  private final List<Trigger> raised = new ArrayList<>();
  private final RelocationTriggers triggers =
      new RelocationTriggers() {
        @Override
        public void raise(Trigger trigger) {
          raised.add(trigger);
        }

        @Override
        public RelocationOutcome move(Trigger.OperatorMove wanted, Instant deadline) {
          throw new AssertionError("nobody asked");
        }
      };
  private final EventsService events =
      new EventsService(
          world.reconciler, triggers, new BindingReports(world.leases, world.ends, triggers));

  @Test
  void anEnforcerThatHasStartedIsCompared() {
    assertThat(announce(FakeGate.ID)).isEqualTo(NoContent.INSTANCE);
    World.await(() -> !world.reconciled.compared().isEmpty());
    assertThat(world.reconciled.compared()).containsExactly("gate-1 DONE");
  }

  @Test
  void anEnforcerNobodyKnowsIsNotFound() {
    refused(() -> announce("gate-of-nobody"), 404, "ENFORCER_NOT_FOUND");
  }

  @Test
  void aMoveOfAUeIsPassedOnWithoutAskingWhetherItHasASession() {
    events.reportUeMoved(world.call(), new ReportUeMoved("10.45.0.9", "edge-b"));
    assertThat(raised).containsExactly(new Trigger.UeMoved(UeAddress.parse("10.45.0.9"), "edge-b"));
    refused(
        () -> events.reportUeMoved(world.call(), new ReportUeMoved("nobody", "edge-b")),
        400,
        "MANDATORY_IE_INCORRECT");
  }

  @Test
  void aBindingIsReportedByItsReference() {
    String ref = world.paged().facts().bindingRef();
    report(ref, "NOT_GUARANTEED");
    assertThat(raised).containsExactly(new Trigger.QosNotGuaranteed(ref));
    refused(() -> report(ref, "PERHAPS"), 400, "MANDATORY_IE_INCORRECT");
    refused(() -> report("session-of-nobody", "TERMINATED"), 404, "BINDING_NOT_FOUND");
  }

  @Test
  void aStoreThatCannotBeUsedIsAReasonToComeBack() {
    world.faults.before(
        "store.find",
        () -> {
          throw new StoreUnavailable("by the test");
        });
    refused(() -> report("session-of-nobody", "TERMINATED"), 503, "NF_CONGESTION");
  }

  private NoContent announce(String enforcer) {
    return events.announceEnforcer(
        world.call(), new AnnounceEnforcer(enforcer, "GATE", "boot-1234"));
  }

  private void report(String ref, String status) {
    events.reportQosBinding(world.call(), new ReportQosBinding(ref, status, null));
  }

  private static void refused(ThrowingCallable call, int status, String cause) {
    assertThatThrownBy(call)
        .isInstanceOf(Refusal.class)
        .extracting(e -> ((Refusal) e).status() + " " + ((Refusal) e).problemCause())
        .isEqualTo(status + " " + cause);
  }
}
