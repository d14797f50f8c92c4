package io.aipaging.aipf.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lease-protocol §5, Recover, at the core. */
class QosComparisonTest {
  private static final Peer QOS = new Peer.Qos();
  private static final int CROWD = 2 * QosComparison.LOOKED_UP_MAX + 3;
  private final World world = new World();

  @Test // L5.34; R-16
  void anOrphanAtTheCoreIsDeleted() {
    bindingOf("session-of-nobody");

    compare();

    assertThat(world.qos.bindings()).isEmpty();
    assertThat(world.reconciled.orphans()).containsExactly(Peer.Kind.QOS);
  }

  @Test // what a session that is over left behind
  void theBindingOfASessionThatIsOverIsDeleted() {
    Session session = world.paged();
    world.ends.end(session.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    world.clock.advance(Duration.ofMillis(1));
    bindingOf(session.id().value());

    compare();

    assertThat(world.qos.bindings()).isEmpty();
  }

  @Test
  void bindingsOfOthersAndOfPagesUnderWayAreLeftAlone() {
    bindingOf("short");
    world.faults.before(
        "anchor-a.createHold",
        () -> {
          world.faults.heal("anchor-a.createHold");
          World.await(() -> world.qos.bindings().size() == 2);
          compare();
        });
    Session session = world.paged();
    assertThat(world.qos.bindings()).containsOnlyKeys("short", session.facts().bindingRef());
    assertThat(world.reconciled.orphans()).isEmpty();
  }

  @Test
  void aBindingThatTheAdapterLostIsMadeAndConfirmedAgainWithEvidence() {
    Session session = world.paged();
    world.qos.forget();

    compare();

    QosBinding again = world.qos.bindings().get(session.facts().bindingRef());
    assertThat(again.state()).isEqualTo("CONFIRMED");
    assertThat(again.expiresAt()).isEqualTo(session.expiresAt());
    assertThat(world.evidenceTypes(session.id())).endsWith("QOS_REPORTED");
    assertThat(world.reconciled.reinstalled()).containsExactly(Peer.Kind.QOS);
    assertThat(world.session(session.id()).gen()).isEqualTo(session.gen());
  }

  @Test // the adapter believes in what the core has forgotten
  void aBindingThatTheCoreLostIsMadeAgain() {
    Session session = world.paged();
    world.faults.before(
        "qos.get",
        () -> {
          world.faults.heal("qos.get");
          world.qos.forget();
        });

    compare();

    assertThat(world.qos.bindings()).containsOnlyKeys(session.facts().bindingRef());
    assertThat(world.evidenceTypes(session.id())).endsWith("QOS_REPORTED");
  }

  private World crowded() {
    World many = new World(world.terms, 1_000);
    many.anchors.values().forEach(anchor -> anchor.admits(1_000));
    for (int i = 0; i < CROWD; i++) {
      many.page("10.45.1." + i);
    }
    many.faults.forgetCalls();
    return many;
  }

  private static long lookedUp(World many) {
    return many.faults.calls().stream().filter("qos.get"::equals).count();
  }

  @Test
  void noMoreThanSoManyBindingsAreLookedUpAtOnceAndAllOfThemInTurn() {
    World many = crowded();
    many.reconciler.round(QOS);
    assertThat(lookedUp(many)).isEqualTo(QosComparison.LOOKED_UP_MAX);
    many.reconciler.round(QOS);
    many.reconciler.round(QOS);
    assertThat(lookedUp(many)).isEqualTo(CROWD);
    many.reconciler.round(QOS);
    assertThat(lookedUp(many)).isEqualTo(CROWD + QosComparison.LOOKED_UP_MAX);
  }

  @Test // the core restarts: one comparison finds all that it has lost
  void whereOneBindingIsLostAllAreLookedUpAtOnce() {
    World many = crowded();
    AtomicBoolean restarted = new AtomicBoolean();
    many.faults.before(
        "qos.get",
        () -> {
          if (restarted.compareAndSet(false, true)) {
            many.qos.forget();
          }
        });

    many.reconciler.round(QOS);

    assertThat(many.qos.bindings()).hasSize(CROWD);
    assertThat(many.qos.bindings().values())
        .allSatisfy(binding -> assertThat(binding.state()).isEqualTo("CONFIRMED"));
  }

  @Test
  void aConfirmationThatGotLostIsRepeated() {
    Session session = world.paged();
    bindingOf(session.facts().bindingRef()); // held again, as if never confirmed

    compare();

    assertThat(world.qos.bindings().get(session.facts().bindingRef()).state())
        .isEqualTo("CONFIRMED");
  }

  @Test
  void aBindingThatEndsBeforeItsSessionIsExtended() {
    Session session = world.paged();
    world.qos.confirmQosBinding(
        world.call(),
        new ConfirmQosBinding(session.facts().bindingRef(), world.clock.instant().plusSeconds(9)));

    compare();

    assertThat(world.qos.bindings().get(session.facts().bindingRef()).expiresAt())
        .isEqualTo(session.expiresAt());
  }

  @Test
  void aRequiredQosThatTheCoreRefusesNowEndsTheSession() {
    Session session = world.demanding(QosTerms.Demand.REQUIRED).paged();
    world.qos.forget();
    world.faults.refuse("qos.create", 403, "REQUESTED_SERVICE_NOT_AUTHORIZED");

    compare();

    assertThat(world.session(session.id()).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(session.id()).getLast().reason()).isEqualTo("NETWORK_TERMINATED");
    world.expectNothingHeld();
  }

  @Test
  void aPreferredQosThatTheCoreRefusesNowIsRecordedOnce() {
    Session session = world.paged();
    world.qos.forget();
    world.faults.refuse("qos.create", 403, "REQUESTED_SERVICE_NOT_AUTHORIZED");

    compare();
    compare();

    Session now = world.session(session.id());
    assertThat(now.state()).isInstanceOf(Active.class);
    assertThat(now.qos()).isEqualTo(QosStanding.refused("REQUESTED_SERVICE_NOT_AUTHORIZED"));
    assertThat(world.evidenceTypes(now.id()).stream().filter("QOS_REPORTED"::equals)).hasSize(1);
  }

  @ParameterizedTest // L5.30; lease-protocol §5, Release: a lease never outlives its PDU session
  @EnumSource(
      value = QosTerms.Demand.class,
      names = {"PREFERRED", "REQUIRED"})
  void theEndOfThePduSessionEndsTheSessionWhateverItThinksOfQos(QosTerms.Demand demand) {
    Session session = world.demanding(demand).paged();
    world.qos.forget();
    world.faults.refuse("qos.create", 403, "PDU_SESSION_NOT_AVAILABLE");

    compare();

    assertThat(world.session(session.id()).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(session.id()).getLast().trigger())
        .isEqualTo("QOS_PDU_SESSION_NOT_AVAILABLE");
  }

  @Test
  void aTerminationThatNobodyReportedIsFoundInTheList() {
    Session session = world.paged();
    world.qos.terminate(session.facts().bindingRef(), "PDU_SESSION_TERMINATION");

    compare();

    assertThat(world.session(session.id()).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(session.id()).getLast().trigger())
        .isEqualTo("QOS_PDU_SESSION_TERMINATION");
  }

  @Test
  void aCoreThatCannotBeReachedChangesNothing() {
    Session session = world.paged();
    world.qos.forget();
    world.faults.refuse("qos.create", 504, "TARGET_NF_NOT_REACHABLE");

    compare();

    assertThat(world.session(session.id())).isEqualTo(session);
    assertThat(world.reconciled.compared()).containsExactly("qos UNREACHABLE");
  }

  @Test
  void whatWasMadeForASessionThatEndedMeanwhileIsLetGo() {
    Session session = world.paged();
    world.qos.forget();
    world.faults.before(
        "store.QOS_REPORTED",
        () -> {
          world.faults.heal("store.QOS_REPORTED");
          world.ends.end(session.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
          bindingOf(session.facts().bindingRef());
        });

    compare();

    assertThat(world.session(session.id()).terminal()).isTrue();
    assertThat(world.qos.bindings()).isEmpty();
  }

  @Test
  void sessionsAreCountedByState() {
    SessionId stuck = world.paged().id();
    world.page("10.45.0.3");
    world.faults.refuse("anchor-a.applyEND", 504, "TARGET_NF_NOT_REACHABLE");
    world.ends.end(stuck, new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));

    compare();

    assertThat(world.reconciled.sessions())
        .containsOnly(java.util.Map.entry("ACTIVE", 1), java.util.Map.entry("ENDING", 1));
    assertThat(world.reconciled.census().leases())
        .containsOnly(java.util.Map.entry("SERVING", 1), java.util.Map.entry("ENDED", 1));
    assertThat(world.reconciled.census().endingSince()).isNotNull();
  }

  private void compare() {
    world.reconciler.round(QOS);
  }

  private void bindingOf(String ref) {
    world.qos.createQosBinding(
        world.call(),
        new CreateQosBinding(
            ref, "10.45.9.9", null, null, null, null, "qos-ai", null, null, 60_000));
  }
}
