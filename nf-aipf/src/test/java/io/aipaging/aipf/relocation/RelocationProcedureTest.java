package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.relocation.RelocationOutcome.NotMovable;
import io.aipaging.aipf.relocation.RelocationOutcome.Unknown;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate, and of the test plan. */
class RelocationProcedureTest extends RelocationScenario {
  @Test
  void aMoveSteersNewFlowsToTheTargetWhileTheOldAnchorDrains() {
    Moved moved = (Moved) relocate(null);

    assertThat(moved.from()).isEqualTo("anchor-a");
    assertThat(moved.to()).isEqualTo("anchor-b");
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(world.gate.draining(id)).containsExactly("anchor-a");
    Active active = (Active) moved.session().state();
    assertThat(world.anchors.get("anchor-a").roleOf(active.draining().id()))
        .isEqualTo(CommitRole.DRAIN);
    assertThat(active.serving().gen()).isEqualTo(2);
    assertThat(active.draining().gen()).isEqualTo(3);
    assertThat(moved.session().facts()).isEqualTo(session.facts());
    assertThat(moved.session().token()).isEqualTo(session.token());
  }

  @Test // L5.18; R-30
  void theOldPathIsTouchedOnlyAfterTheNewOneIsDurablePostedAndReachable() {
    world.faults.forgetCalls();
    relocate(null);
    assertThat(world.faults.calls())
        .containsExactly(
            "anchor-b.createHold",
            "anchor-b.applySERVE",
            "gate.probeREACHABLE",
            "gate.applyCommits",
            "gate.probeSTEERED",
            "anchor-a.applyDRAIN");
  }

  @Test // L5.19
  void theSwitchIsOneStepAtTheGate() {
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          assertThat(world.gate.serving(id)).containsExactly("anchor-b");
          assertThat(world.gate.draining(id)).containsExactly("anchor-a");
        });
    assertThat(relocate(null)).isInstanceOf(Moved.class);
    assertThat(world.faults.calls().stream().filter("gate.applyCommits"::equals)).hasSize(2);
  }

  @Test
  void theQosBindingStays() {
    var before = world.qos.bindings();
    world.faults.forgetCalls();
    relocate(null);
    assertThat(world.qos.bindings()).isEqualTo(before);
    assertThat(world.faults.calls()).noneMatch(call -> call.startsWith("qos."));
  }

  @Test
  void atTheEndOfTheDrainTheOldLeaseEndsAndItsSlotIsFree() {
    relocate(null);
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isEqualTo(1);
    world.upkeepUntil(() -> active().draining() == null, Duration.ofSeconds(10));
    world.settle();
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
    assertThat(active().removing()).isEmpty();
    assertThat(world.evidenceTypes(id)).endsWith("LEASE_ENDED", "LEASE_REMOVED");
  }

  @Test // L5.19
  void theDrainNeverOutlivesTheOldLease() {
    Instant oldExp = session.state().live().getFirst().expiresAt();
    world.clock.set(oldExp.minus(Duration.ofSeconds(3)));
    Moved moved = (Moved) relocate(null);
    assertThat(((Active) moved.session().state()).draining().expiresAt()).isEqualTo(oldExp);
  }

  @Test
  void aRefusedHoldGoesToTheNextTarget() {
    world.faults.refuse("anchor-b.createHold", 503, "INSUFFICIENT_RESOURCES");
    assertThat(((Moved) relocate(null)).to()).isEqualTo("anchor-c");
  }

  @Test // L5.23
  void pingPongFasterThanTheDrainEndsWithOneAnchorAndNoLeakedGrant() {
    relocate("anchor-b");
    assertThat(relocate("anchor-a")).isInstanceOf(Moved.class);
    assertThat(world.gate.grants()).hasSize(2);
    assertThat(relocate("anchor-b")).isInstanceOf(Moved.class);
    assertThat(world.gate.grants()).hasSize(2);
    world.upkeepUntil(() -> active().draining() == null, Duration.ofSeconds(10));
    world.settle();
    assertThat(world.gate.grants()).hasSize(1);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
    assertThat(world.anchors.get("anchor-b").slotsHeld()).isEqualTo(1);
  }

  @Test
  void returningToAFormerAnchorMakesANewLease() {
    relocate("anchor-b");
    relocate("anchor-a");
    assertThat(active().serving().id()).isNotEqualTo(session.state().live().getFirst().id());
  }

  @Test // L4.2
  void aSecondMoveWhileOneRunsIsRefused() {
    AtomicReference<RelocationOutcome> second = new AtomicReference<>();
    world.faults.before(
        "anchor-b.createHold", () -> second.compareAndSet(null, relocate("anchor-c")));
    assertThat(relocate("anchor-b")).isInstanceOf(Moved.class);
    assertThat(second.get()).isEqualTo(new NotMovable("INCOMPATIBLE_STATE"));
  }

  @Test
  void tooNearToItsEndALeaseIsNotMoved() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.clock.set(world.terms.cutoff(exp));
    assertThat(relocate(null)).isEqualTo(new NotMovable("TOO_LATE"));
    world.clock.set(world.terms.cutoff(exp).minusMillis(1));
    assertThat(relocate(null)).isInstanceOf(Moved.class);
  }

  @Test
  void noEligibleTargetChangesNothing() {
    KeptOldPath kept = (KeptOldPath) relocate("anchor-a");
    assertThat(kept.to()).isNull();
    assertThat(kept.cause()).isEqualTo("NO_ELIGIBLE_ANCHOR");
    assertThat(world.session(id)).isEqualTo(session);
  }

  @Test
  void anUnknownSessionIsUnknown() {
    assertThat(
            world.relocation.relocate(
                new SessionId("nobody-knows"), Wish.ANY, "TEST", world.call().deadline()))
        .isEqualTo(new Unknown());
  }

  @Test // L1.4
  void atNoInstantTwoAnchorsTakeNewFlows() {
    for (String point :
        List.of("gate.probeREACHABLE", "gate.probeSTEERED", "anchor-b.applySERVE")) {
      world.faults.before(point, () -> assertThat(world.gate.serving(id)).hasSize(1));
    }
    relocate(null);
    assertThat(world.gate.serving(id)).hasSize(1);
  }
}
