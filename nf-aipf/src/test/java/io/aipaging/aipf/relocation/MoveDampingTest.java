package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate: no session is sent to and fro. */
class MoveDampingTest extends RelocationScenario {
  private final Trigger qos;

  MoveDampingTest() {
    super(LONG);
    qos = new Trigger.QosNotGuaranteed(session.facts().bindingRef());
  }

  @Test // L5.25
  void aSecondReasonWaitsUntilTheSessionHasStayedForAWhileAndDoesNotSendItBack() {
    raise(qos);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    Instant came = world.clock.instant();
    raise(qos);
    assertThat(world.clock.instant())
        .isAfterOrEqualTo(came.plus(World.DAMPING.residenceMin()))
        .isBefore(came.plus(World.DAMPING.returnMin()));
    assertThat(world.gate.serving(id)).containsExactly("anchor-c");
  }

  @Test
  void whereTheOnlyOtherAnchorIsTheOneItLeftItWaitsUntilItMayReturn() {
    onlyTwoAnchors();
    raise(qos);
    Instant came = world.clock.instant();
    raise(qos);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(world.clock.instant()).isAfterOrEqualTo(came.plus(World.DAMPING.returnMin()));
  }

  @Test
  void twoAnchorsThatDrainByTurnsDoNotBounceTheSession() {
    onlyTwoAnchors();
    Instant end = world.clock.instant().plusSeconds(20);
    for (boolean atA = true; world.clock.instant().isBefore(end); atA = !atA) {
      raise(new Trigger.AnchorDraining(atA ? "anchor-a" : "anchor-b"));
      world.clock.advance(Duration.ofMillis(500));
    }
    assertThat(world.moves.outcomes.stream().filter(Moved.class::isInstance)).hasSize(1);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  @Test // L5.25
  void afterAMoveThatWasUndoneTheSessionIsLeftAloneForAWhile() {
    world.faults.refuse("gate.probeREACHABLE", 504, "BY_THE_TEST");
    Instant undone = world.clock.instant();
    raise(new Trigger.AnchorDraining("anchor-a"));
    assertThat(world.moves.outcomes).hasSize(1).allMatch(KeptOldPath.class::isInstance);
    world.faults.heal();
    world.clock.advance(World.DAMPING.undoneMin().minusMillis(1));
    raise(new Trigger.AnchorDraining("anchor-a"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    world.clock.advance(Duration.ofSeconds(8)); // walks that move nothing become rarer
    raise(new Trigger.AnchorDraining("anchor-a"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(world.clock.instant()).isAfter(undone.plus(World.DAMPING.undoneMin()));
  }

  @Test // L5.25
  void anOperatorAndALostAnchorAreExempt() {
    assertThat(move("anchor-b")).isInstanceOf(Moved.class);
    assertThat(move("anchor-a")).isInstanceOf(Moved.class);
    raise(new Trigger.AnchorLost("anchor-a"));
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  private RelocationOutcome move(String target) {
    return world.triggers.move(new Trigger.OperatorMove(id, target), world.call().deadline());
  }

  private void onlyTwoAnchors() {
    for (String other : List.of("anchor-c", "anchor-d")) {
      world.faults.refuse(other + ".createHold", 503, "INSUFFICIENT_RESOURCES");
    }
  }

  private void raise(Trigger trigger) {
    world.triggers.raise(trigger);
    world.settle();
  }
}
