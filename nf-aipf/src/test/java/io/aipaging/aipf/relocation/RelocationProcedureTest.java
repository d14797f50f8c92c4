package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.relocation.RelocationOutcome.Ended;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.relocation.RelocationOutcome.NotMovable;
import io.aipaging.aipf.relocation.RelocationOutcome.Unknown;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lease-protocol §5, Relocate, and of the test plan. */
class RelocationProcedureTest {
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();

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

  @Test
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

  @Test
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

  @Test
  void theDrainNeverOutlivesTheOldLease() {
    Instant oldExp = session.state().live().getFirst().expiresAt();
    world.clock.set(oldExp.minus(Duration.ofSeconds(3)));
    Moved moved = (Moved) relocate(null);
    assertThat(((Active) moved.session().state()).draining().expiresAt()).isEqualTo(oldExp);
  }

  @ParameterizedTest
  @CsvSource({
    "anchor-b.applySERVE, 409",
    "anchor-b.applySERVE, 504",
    "gate.probeREACHABLE, 504",
  })
  void aFailureBeforeTheSwitchLeavesTheOldPathUntouched(String point, int status) {
    Lease.Serving before = active().serving();
    world.faults.refuse(point, status, "BY_THE_TEST");
    KeptOldPath kept = (KeptOldPath) relocate("anchor-b");

    assertThat(kept.cause()).isEqualTo("BY_THE_TEST");
    assertThat(active().serving()).isEqualTo(before);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(world.gate.steeredUntil(id)).isEqualTo(before.expiresAt());
    assertThat(world.anchors.get("anchor-b").slotsHeld()).isZero();
    assertThat(world.evidenceTypes(id)).contains("RELOCATION_UNDONE");
  }

  @Test
  void aRefusedHoldGoesToTheNextTarget() {
    world.faults.refuse("anchor-b.createHold", 503, "INSUFFICIENT_RESOURCES");
    assertThat(((Moved) relocate(null)).to()).isEqualTo("anchor-c");
  }

  @Test
  void noSlotAnywhereKeepsTheOldPathAndSignsNothing() {
    world.anchors.keySet().forEach(a -> world.faults.refuse(a + ".createHold", 503, "FULL"));
    KeptOldPath kept = (KeptOldPath) relocate(null);
    assertThat(kept.cause()).isEqualTo("FULL");
    assertThat(world.session(id).gen()).isEqualTo(1);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate.probeSTEERED", "gate.applyCommits"})
  void aFailureAfterTheSwitchSwitchesBackWithANewServe(String point) {
    failOnce(point);
    KeptOldPath kept = (KeptOldPath) relocate("anchor-b");

    assertThat(kept.cause()).isEqualTo("ONCE");
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(world.gate.draining(id)).isEmpty();
    Lease.Serving serving = active().serving();
    assertThat(serving.id()).isEqualTo(session.state().live().getFirst().id());
    assertThat(serving.gen()).isEqualTo(4);
    assertThat(serving.expiresAt()).isEqualTo(session.state().live().getFirst().expiresAt());
    assertThat(world.anchors.get("anchor-b").slotsHeld()).isZero();
    assertThat(world.session(id).gen()).isEqualTo(5);
  }

  @Test
  void aSwitchWhoseAnswerIsLostIsUndoneToo() {
    AtomicReference<Integer> left = new AtomicReference<>(1);
    world.faults.loseAnswer("gate.applyCommits");
    world.faults.before(
        "anchor-a.applySERVE",
        () -> {
          left.set(0);
          world.faults.heal("gate.applyCommits");
        });
    assertThat(relocate("anchor-b")).isInstanceOf(KeptOldPath.class);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(world.anchors.get("anchor-b").slotsHeld()).isZero();
  }

  @Test
  void whenNeitherAnchorIsUsableTheSessionEnds() {
    world.faults.refuse("gate.probeSTEERED", 504, "DEAD");
    Ended ended = (Ended) relocate("anchor-b");
    assertThat(ended.session().state()).isInstanceOf(SessionState.Revoked.class);
    assertThat(((SessionState.Terminal) ended.session().state()).cause().reason())
        .isEqualTo(EndReason.ANCHOR_LOST);
    world.expectNothingHeld();
  }

  @Test
  void aTargetThatDiesMidMoveLeavesTheOldAnchorUsable() {
    world.faults.before("gate.probeREACHABLE", () -> world.anchors.get("anchor-b").healthy(false));
    assertThat(relocate("anchor-b")).isInstanceOf(KeptOldPath.class);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
  }

  @Test
  void aSourceThatDiesFirstDoesNotStopTheMove() {
    world.anchors.get("anchor-a").healthy(false);
    world.faults.refuse("anchor-a.applyDRAIN", 504, "DEAD");
    world.faults.refuse("anchor-a.applyEND", 504, "DEAD");
    assertThat(relocate(null)).isInstanceOf(Moved.class);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  @Test
  void anEndedLeaseThatCannotBeConfirmedStaysListedUntilItHasExpired() {
    world.faults.refuse("anchor-a.applyEND", 504, "DEAD");
    relocate(null);
    world.upkeepUntil(() -> active().draining() == null, Duration.ofSeconds(10));
    assertThat(active().removing()).hasSize(1);
    world.upkeepUntil(() -> active().removing().isEmpty(), Duration.ofMinutes(2));
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  @Test
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

  @Test
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anchor-b.createHold",
        "anchor-b.applySERVE",
        "gate.probeREACHABLE",
        "gate.applyCommits",
        "gate.probeSTEERED"
      })
  void aSessionReleasedAtAnyStepOfAMoveEndsWithNothingSteered(String point) {
    world.faults.before(
        point,
        () -> {
          world.faults.heal(point);
          world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE"));
        });
    assertThat(relocate("anchor-b")).isInstanceOf(Ended.class);
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(10));
    world.clock.advance(world.terms.holdTtl());
    world.expectNothingHeld();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Released.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anchor-b.createHold", "anchor-b.applySERVE", "gate.probeREACHABLE"})
  void aDeadlineThatPassesKeepsTheOldPath(String slow) {
    world.faults.before(slow, () -> world.clock.advance(Duration.ofSeconds(6)));
    KeptOldPath kept = (KeptOldPath) relocate("anchor-b");
    assertThat(kept.cause()).isIn("TIMED_OUT_REQUEST", "HOLD_NOT_FOUND");
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    world.clock.advance(world.terms.holdTtl());
    assertThat(world.anchors.get("anchor-b").slotsHeld()).isZero();
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
                new SessionId("nobody-knows"), null, "TEST", world.call().deadline()))
        .isEqualTo(new Unknown());
  }

  @Test
  void atNoInstantTwoAnchorsTakeNewFlows() {
    for (String point :
        List.of("gate.probeREACHABLE", "gate.probeSTEERED", "anchor-b.applySERVE")) {
      world.faults.before(point, () -> assertThat(world.gate.serving(id)).hasSize(1));
    }
    relocate(null);
    assertThat(world.gate.serving(id)).hasSize(1);
  }

  private RelocationOutcome relocate(String wanted) {
    return world.relocation.relocate(id, wanted, "TEST", world.call().deadline());
  }

  private Active active() {
    return (Active) world.session(id).state();
  }

  private void failOnce(String point) {
    world.faults.before(
        point,
        () -> {
          world.faults.heal(point);
          throw Refusal.of(504, "ONCE", "by the test");
        });
  }
}
