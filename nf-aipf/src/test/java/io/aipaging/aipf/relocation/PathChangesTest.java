package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.relocation.PathChanges.Answer;
import io.aipaging.aipf.relocation.PathChanges.Readiness;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.upkeep.Task;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate: the core changes a path, and waits for an answer twice. */
class PathChangesTest extends RelocationScenario {
  private static final Duration WITHIN = Duration.ofSeconds(2);
  private final PathChanges changes =
      new PathChanges(world.leases, world.mover, world.relocation, WITHIN, world.moves);
  private final ServiceEndpoint service = session.facts().service().address();

  @Test
  void earlyMakesTheAnchorReadyAndMovesNothing() {
    assertThat(early("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    SessionState.Relocating waiting = (SessionState.Relocating) world.session(id).state();
    assertThat(waiting.live())
        .extracting(lease -> world.anchors.get(lease.anchor().id()).roleOf(lease.id()))
        .containsExactly(CommitRole.SERVE, CommitRole.SERVE);
    assertThat(types()).contains("LEASE_COMMITTED").doesNotContain("LEASE_DRAINING");
  }

  @Test
  void lateMovesNewFlowsThereAndLetsOldOnesFinish() {
    early("c");
    assertThat(late("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(world.gate.serving(id)).containsExactly("anchor-c");
    assertThat(world.gate.draining(id)).containsExactly("anchor-a");
    assertThat(world.moves.outcomes).last().isInstanceOf(Moved.class);
  }

  @Test
  void whatTheCoreDoesNotCompleteGoesBackAndIsRenewedAgain() {
    early("c");
    world.clock.advance(WITHIN.minusMillis(1));
    world.alarm().ring();
    world.settle();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Relocating.class);
    world.clock.advance(Duration.ofMillis(1));
    world.alarm().ring();
    world.settle();
    assertThat(active().serving().anchor().id()).isEqualTo("anchor-a");
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    world.upkeepUntil(() -> world.anchors.get("anchor-c").slotsHeld() == 0, Duration.ofSeconds(1));
    assertThat(triggers()).contains("NO_PATH_CHANGE");
  }

  @Test
  void whatWaitsIsGivenUpInTimeWhoeverLives() {
    early("c");
    Session waiting = world.session(id);
    SessionState.Relocating relocating = (SessionState.Relocating) waiting.state();
    for (boolean alive : List.of(true, false)) {
      assertThat(Task.of(waiting, world.terms, _ -> alive))
          .contains(new Task(Task.Kind.RESUME_MOVE, relocating.errand().deadline()));
    }
  }

  @Test
  void waitingNeverMissesTheOldLeasesRenewal() {
    Duration untilRenewal =
        Duration.between(world.clock.instant(), world.terms.cutoff(active().serving().expiresAt()));
    world.clock.advance(untilRenewal.minus(Duration.ofMillis(1_500)));
    Session here = world.session(id);
    assertThat(world.relocation.waitingUntil(here, WITHIN))
        .isEqualTo(world.terms.cutoff(active().serving().expiresAt()).minusMillis(500));
  }

  @Test
  void lateWithoutEarlyMovesAtOnce() {
    assertThat(late("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(world.gate.serving(id)).containsExactly("anchor-c");
  }

  @Test
  void repeatsChangeNothing() {
    early("c");
    Session once = world.session(id);
    assertThat(early("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(world.session(id)).isEqualTo(once);
    late("c");
    Session moved = world.session(id);
    assertThat(late("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(early("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(world.session(id)).isEqualTo(moved);
  }

  @Test
  void twoPlacesAtTheSameTimeAreOneTooMany() {
    early("c");
    assertThat(early("b")).isEqualTo(new Answer(Readiness.BUSY, "INCOMPATIBLE_STATE"));
    assertThat(late("b").readiness()).isEqualTo(Readiness.BUSY);
    assertThat(late("c").readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void whereNobodyServesItIsRefused() {
    assertThat(early("of-nobody")).isEqualTo(new Answer(Readiness.REFUSED, "NO_ELIGIBLE_ANCHOR"));
    assertThat(world.session(id)).isEqualTo(session);
    assertThat(world.moves.outcomes).last().isInstanceOf(KeptOldPath.class);
  }

  @Test
  void anAnchorThatGivesNoSlotIsRefusedAndTheOldPathKept() {
    world.faults.refuse("anchor-c.createHold", 503, "INSUFFICIENT_RESOURCES");
    assertThat(early("c").readiness()).isEqualTo(Readiness.REFUSED);
    assertThat(active().serving().anchor().id()).isEqualTo("anchor-a");
  }

  @Test
  void aGateThatDoesNotReachTheTargetIsRefusedAndTheTargetEnds() {
    world.faults.refuse("gate.probeREACHABLE", 503, "TARGET_NF_NOT_REACHABLE");
    assertThat(early("c").readiness()).isEqualTo(Readiness.REFUSED);
    world.settle();
    assertThat(world.anchors.get("anchor-c").slotsHeld()).isZero();
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
  }

  @Test
  void aSwitchThatFailsIsRefusedAndTheOldPathComesBack() {
    early("c");
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          world.faults.heal("gate.probeSTEERED");
          throw Refusal.of(503, "TARGET_NF_NOT_REACHABLE", "by the test");
        });
    assertThat(late("c")).isEqualTo(new Answer(Readiness.REFUSED, "TARGET_NF_NOT_REACHABLE"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(active().serving().anchor().id()).isEqualTo("anchor-a");
    assertThat(world.anchors.get("anchor-c").slotsHeld()).isZero();
  }

  @Test
  void aSessionJustMovedIsNotMovedToAndFro() {
    assertThat(relocate("anchor-b")).isInstanceOf(Moved.class);
    assertThat(early("c")).isEqualTo(new Answer(Readiness.BUSY, "TOO_SOON"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  @Test
  void othersFlowsAreNobodysBusiness() {
    ServiceEndpoint other = ServiceEndpoint.of("203.0.113.99", "TCP", 8_000);
    assertThat(changes.early(moved("c"), other, world.call().deadline()).readiness())
        .isEqualTo(Readiness.READY);
    assertThat(changes.late(moved("c"), other).readiness()).isEqualTo(Readiness.READY);
    assertThat(world.session(id)).isEqualTo(session);
  }

  @Test
  void aSessionThatWaitsEndsLikeAnyOther() {
    early("c");
    world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE"));
    world.settle();
    world.expectNothingHeld();
    assertThat(late("c").readiness()).isEqualTo(Readiness.READY);
  }

  @Test
  void aSessionWhoseEndingIsNotDoneStandsInNobodysWay() {
    world.faults.refuse("gate.applyCommits", 504, "TARGET_NF_NOT_REACHABLE");
    world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE"));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Ending.class);
    assertThat(early("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(late("c").readiness()).isEqualTo(Readiness.READY);
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Ending.class);
  }

  /** Found by review: a first half that fails late must not undo what others did meanwhile. */
  @Test
  void aFailedFirstHalfLeavesAnothersMoveAlone() {
    world.faults.before(
        "gate.probeREACHABLE",
        () -> {
          world.faults.heal("gate.probeREACHABLE");
          world.clock.advance(WITHIN);
          world.alarm().ring();
          world.settle();
          assertThat(active().serving().anchor().id()).isEqualTo("anchor-a");
          assertThat(relocate("anchor-b")).isInstanceOf(Moved.class);
          throw Refusal.of(504, "TIMED_OUT_REQUEST", "by the test");
        });
    assertThat(early("c").readiness()).isEqualTo(Readiness.REFUSED);
    world.settle();
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(active().serving().anchor().id()).isEqualTo("anchor-b");
  }

  /** Found by review: so close to its renewal a session cannot wait. */
  @Test
  void whatMustBeRenewedSoonDoesNotWait() {
    world.clock.advance(
        Duration.between(world.clock.instant(), world.terms.cutoff(active().serving().expiresAt()))
            .minusMillis(100));
    assertThat(early("c").readiness()).isEqualTo(Readiness.BUSY);
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Active.class);
  }

  @Test
  void whatOnlyReportsThatTheUeHasMovedCompletesItToo() {
    early("c");
    world.triggers.raise(moved("c"));
    world.settle();
    assertThat(world.gate.serving(id)).containsExactly("anchor-c");
  }

  private Answer early(String anchor) {
    return changes.early(moved(anchor), service, world.call().deadline());
  }

  private Answer late(String anchor) {
    return changes.late(moved(anchor), service);
  }

  private static Trigger.UeMoved moved(String anchor) {
    return new Trigger.UeMoved(UeAddress.parse("10.45.0.2"), "dnai-anchor-" + anchor);
  }

  private List<String> types() {
    return world.evidence(id).stream().map(record -> record.type()).toList();
  }

  private List<String> triggers() {
    return world.evidence(id).stream().map(record -> record.trigger()).toList();
  }
}
