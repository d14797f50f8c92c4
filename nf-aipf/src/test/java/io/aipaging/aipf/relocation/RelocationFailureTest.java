package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.relocation.RelocationOutcome.Ended;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lease-protocol §5, Relocate: whatever fails, one usable anchor or a clean end. */
class RelocationFailureTest extends RelocationScenario {
  @ParameterizedTest // L5.20
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
  void noSlotAnywhereKeepsTheOldPathAndSignsNothing() {
    world.anchors.keySet().forEach(a -> world.faults.refuse(a + ".createHold", 503, "FULL"));
    KeptOldPath kept = (KeptOldPath) relocate(null);
    assertThat(kept.cause()).isEqualTo("FULL");
    assertThat(world.session(id).gen()).isEqualTo(1);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
  }

  @ParameterizedTest // L5.21
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

  @Test // L5.22
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

  private void failOnce(String point) {
    world.faults.before(
        point,
        () -> {
          world.faults.heal(point);
          throw Refusal.of(504, "ONCE", "by the test");
        });
  }
}
