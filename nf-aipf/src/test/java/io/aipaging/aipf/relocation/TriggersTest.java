package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.selection.AnchorHealth;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate: every reason to move, and what follows from it. */
class TriggersTest extends RelocationScenario {
  private static final AnchorCondition.Rules RULES =
      new AnchorCondition.Rules(3, 2, Duration.ofSeconds(15));
  private final AnchorConditions conditions =
      new AnchorConditions(RULES, world.clock, world.triggers);

  @Test // L5.24
  void anAnchorThatDrainsIsLeft() {
    reports("anchor-a", true, true);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(triggers()).contains("ANCHOR_DRAINING");
  }

  @Test // L5.24
  void anAnchorThatIsUnwellSeveralTimesInARowIsLeftAndNotBefore() {
    reports("anchor-a", false, false);
    reports("anchor-a", false, false);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    reports("anchor-a", false, false);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(triggers()).contains("ANCHOR_UNHEALTHY");
  }

  @Test
  void whereNobodyTakesTheSessionItStaysAtAnUnhealthyAnchor() {
    othersAreFull();
    for (int i = 0; i < 4; i++) {
      reports("anchor-a", false, false);
    }
    assertThat(active().serving().anchor().id()).isEqualTo("anchor-a");
    assertThat(world.moves.outcomes).last().isInstanceOf(KeptOldPath.class);
  }

  @Test
  void aSessionThatCannotLeaveALostAnchorEnds() {
    othersAreFull();
    world.anchors.get("anchor-a").healthy(false);
    lost("anchor-a");
    SessionState.Terminal over = (SessionState.Terminal) world.session(id).state();
    assertThat(over.cause().reason()).isEqualTo(EndReason.ANCHOR_LOST);
    world.expectNothingHeld();
  }

  @Test
  void aLostAnchorThatTheGateStillReachesKeepsItsSessions() {
    othersAreFull();
    lost("anchor-a");
    assertThat(active().serving().anchor().id()).isEqualTo("anchor-a");
  }

  @Test // L5.24
  void qosThatIsNotGuaranteedMovesTheSessionThatHasTheBinding() {
    raise(new Trigger.QosNotGuaranteed("binding-of-nobody"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    raise(new Trigger.QosNotGuaranteed(session.facts().bindingRef()));
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(triggers()).contains("QOS_NOT_GUARANTEED");
  }

  @Test // L5.24
  void aUeThatMovedTakesItsSessionsToAnAnchorThere() {
    raise(new Trigger.UeMoved(UeAddress.parse("10.45.0.2"), "dnai-anchor-c"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-c");
    assertThat(triggers()).contains("UE_MOVED");
  }

  @Test
  void aUeThatIsWhereItsAnchorIsMovesNothingAndNeitherDoesAnother() {
    raise(new Trigger.UeMoved(UeAddress.parse("10.45.0.2"), "dnai-anchor-a"));
    raise(new Trigger.UeMoved(UeAddress.parse("10.45.0.3"), "dnai-anchor-c"));
    assertThat(world.session(id)).isEqualTo(session);
    assertThat(world.moves.outcomes).isEmpty();
  }

  @Test
  void whereNoAnchorIsNearTheUeItIsTriedAFewTimesAndTheSessionStays() {
    raise(new Trigger.UeMoved(UeAddress.parse("10.45.0.2"), "dnai-of-nobody"));
    assertThat(world.moves.outcomes).hasSize(5).allMatch(KeptOldPath.class::isInstance);
    assertThat(world.session(id)).isEqualTo(session);
  }

  @Test
  void aSessionThatEndsMeanwhileIsNotMoved() {
    world.faults.before(
        "anchor-b.createHold",
        () -> world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE")));
    reports("anchor-a", true, true);
    world.clock.advance(world.terms.holdTtl());
    world.expectNothingHeld();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Released.class);
  }

  @Test // one relocation per session at a time
  void aReasonThatMeetsAMoveIsTakenUpAfterIt() {
    Trigger qos = new Trigger.QosNotGuaranteed(session.facts().bindingRef());
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          world.faults.heal("gate.probeSTEERED");
          SessionMover.Attempt early = world.mover.attempt(id, qos);
          assertThat(early.outcome()).isNull();
          assertThat(early.again()).isEqualTo(world.clock.instant().plusSeconds(1));
        });
    assertThat(relocate("anchor-b")).isInstanceOf(Moved.class);
    world.clock.advance(World.DAMPING.residenceMin());
    assertThat(world.mover.attempt(id, qos).outcome()).isInstanceOf(Moved.class);
  }

  private void reports(String anchor, boolean healthy, boolean draining) {
    conditions.asked(anchor, Optional.of(new AnchorHealth(anchor, healthy, draining, 4, 1)));
    world.settle();
  }

  /** Unwell for longer than anybody waits for it. */
  private void lost(String anchor) {
    for (int i = 0; i < RULES.unhealthyAfter(); i++) {
      reports(anchor, false, false);
    }
    world.clock.advance(RULES.lostAfter());
    reports(anchor, false, false);
    reports(anchor, false, false);
  }

  private void othersAreFull() {
    for (String other : List.of("anchor-b", "anchor-c", "anchor-d")) {
      world.faults.refuse(other + ".createHold", 503, "INSUFFICIENT_RESOURCES");
    }
  }

  private void raise(Trigger trigger) {
    world.triggers.raise(trigger);
    world.settle();
  }

  private List<String> triggers() {
    return world.evidence(id).stream().map(record -> record.trigger()).toList();
  }
}
