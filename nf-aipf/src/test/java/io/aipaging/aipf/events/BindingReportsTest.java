package io.aipaging.aipf.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.events.BindingReports.Status;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.Trigger;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Release / revoke: also when the core reports the end of the PDU session. */
class BindingReportsTest {
  private final World world = new World();
  private final List<Trigger> raised = new ArrayList<>();
  private final BindingReports reports =
      new BindingReports(world.leases, world.ends, new Triggers());

  @Test // L5.30
  void aTerminatedBindingEndsItsSessionAtOnce() {
    Session session = world.paged();
    assertThat(
            reports.take(
                session.facts().bindingRef(), Status.TERMINATED, "PDU_SESSION_TERMINATION"))
        .isTrue();
    assertThat(world.session(session.id()).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(session.id()).getLast().reason()).isEqualTo("NETWORK_TERMINATED");
    assertThat(world.evidence(session.id()).getLast().trigger())
        .isEqualTo("PDU_SESSION_TERMINATION");
    world.expectNothingHeld();
  }

  @Test
  void aTerminationDuringThePageEndsThePage() {
    world.faults.after(
        "store.LEASE_COMMITTED",
        () -> {
          world.faults.heal("store.LEASE_COMMITTED");
          assertThat(reports.take(world.only().id().value(), Status.TERMINATED, null)).isTrue();
        });
    world.page("10.45.0.2");
    assertThat(world.only().state().name()).isEqualTo("REJECTED");
    world.clock.advance(world.terms.holdTtl());
    world.expectNothingHeld();
  }

  @Test // a report that arrives twice, or late
  void aRepeatedReportFindsNobodyAndChangesNothing() {
    Session session = world.paged();
    String ref = session.facts().bindingRef();
    reports.take(ref, Status.TERMINATED, null);
    Session ended = world.session(session.id());
    assertThat(reports.take(ref, Status.TERMINATED, null)).isFalse();
    assertThat(reports.take(ref, Status.NOT_GUARANTEED, null)).isFalse();
    assertThat(world.session(session.id())).isEqualTo(ended);
    assertThat(raised).isEmpty();
  }

  @Test
  void qosThatIsNotGuaranteedIsAReasonToMove() {
    Session session = world.paged();
    String ref = session.facts().bindingRef();
    assertThat(reports.take(ref, Status.NOT_GUARANTEED, "QOS_NOTIF")).isTrue();
    assertThat(raised).containsExactly(new Trigger.QosNotGuaranteed(ref));
    assertThat(world.session(session.id())).isEqualTo(session);
  }

  @Test // L5.9; lease-protocol §5, Page: confirmed only by what the core shows
  void qosThatIsGuaranteedIsConfirmedWithEvidenceOnce() {
    world.faults.before(
        "qos.confirm",
        () -> {
          throw io.aipaging.openapi.Refusal.of(502, "INBOUND_SERVER_ERROR", "by the test");
        });
    Session session = world.paged();
    assertThat(session.qos().status()).isEqualTo(QosStanding.Status.REFUSED);
    String ref = session.facts().bindingRef();

    reports.take(ref, Status.GUARANTEED, null);
    reports.take(ref, Status.GUARANTEED, null);

    assertThat(world.session(session.id()).qos().status()).isEqualTo(QosStanding.Status.CONFIRMED);
    assertThat(world.evidenceTypes(session.id()).stream().filter("QOS_REPORTED"::equals))
        .hasSize(1);
  }

  @Test
  void whatIsNotActiveIsLeftToWhoeverMovesIt() {
    Session session = world.paged();
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          world.faults.heal("gate.probeSTEERED");
          reports.take(session.facts().bindingRef(), Status.GUARANTEED, null);
        });
    world.relocation.relocate(session.id(), Wish.to("anchor-b"), "TEST", world.call().deadline());
    assertThat(world.session(session.id()).state()).isInstanceOf(Active.class);
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-b");
  }

  @Test
  void aBindingNobodyHasIsNobodys() {
    assertThat(reports.take("session-of-nobody", Status.TERMINATED, null)).isFalse();
    assertThat(reports.take("?", Status.TERMINATED, null)).isFalse();
    Session without = world.demanding(QosTerms.Demand.NONE).paged();
    assertThat(reports.take(without.id().value(), Status.TERMINATED, null)).isFalse();
    assertThat(world.session(without.id())).isEqualTo(without);
    world.ends.end(without.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
  }

  private final class Triggers implements RelocationTriggers {
    @Override
    public void raise(Trigger trigger) {
      raised.add(trigger);
    }

    @Override
    public RelocationOutcome move(Trigger.OperatorMove wanted, Instant deadline) {
      throw new AssertionError("nobody asked");
    }
  }
}
