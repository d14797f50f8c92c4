package io.aipaging.aipf.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.events.BindingReports;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.relocation.PathChanges;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.events.AnnounceEnforcer;
import io.aipaging.openapi.events.FollowPathChange;
import io.aipaging.openapi.events.PathChangeAnswer;
import io.aipaging.openapi.events.ReportQosBinding;
import io.aipaging.openapi.events.ReportUeMoved;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
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
          world.reconciler,
          triggers,
          new PathChanges(
              world.leases, world.mover, world.relocation, Duration.ofSeconds(2), world.moves),
          new BindingReports(world.leases, world.ends, triggers));

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
  void aChangeOfPathIsFollowedStepByStep() {
    Session session = world.paged();
    ServiceEndpoint at = session.facts().service().address();
    ServiceAddress service =
        new ServiceAddress(at.address().getHostAddress(), at.protocol().name(), at.port());
    assertThat(follow(service, "dnai-anchor-c", "EARLY"))
        .isEqualTo(new PathChangeAnswer("READY", null));
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
    assertThat(follow(service, "dnai-anchor-c", "LATE"))
        .isEqualTo(new PathChangeAnswer("READY", null));
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-c");
    assertThat(follow(service, "dnai-of-nobody", "EARLY").readiness()).isEqualTo("BUSY");
  }

  @Test
  void aChangeOfPathThatIsNoneIsRefused() {
    ServiceAddress service = new ServiceAddress("203.0.113.10", "TCP", 8_000);
    for (ThrowingCallable wrong :
        List.<ThrowingCallable>of(
            () -> follow(service, "edge-b", "SOON"),
            () -> follow(new ServiceAddress("here", "TCP", 8_000), "edge-b", "EARLY"),
            () -> follow(new ServiceAddress("203.0.113.10", "SCTP", 8_000), "edge-b", "EARLY"))) {
      refused(wrong, 400, "MANDATORY_IE_INCORRECT");
    }
  }

  private PathChangeAnswer follow(ServiceAddress service, String dnai, String stage) {
    return events.followPathChange(
        world.call(), new FollowPathChange("10.45.0.2", service, dnai, stage));
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
