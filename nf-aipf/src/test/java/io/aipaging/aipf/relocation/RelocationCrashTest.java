package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.Faults.Moment;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R-31; lease-protocol §5, Relocate: a SIGKILL of the AIPF at every step. */
class RelocationCrashTest {
  private final World world = new World();
  private final SessionId id = world.paged().id();

  static Stream<Moment> everyStep() {
    return Moment.around(
        "store.SESSION_RELOCATING",
        "anchor-b.createHold",
        "store.LEASE_COMMITTED",
        "anchor-b.applySERVE",
        "gate.probeREACHABLE",
        "store.LEASE_DRAINING",
        "gate.applyCommits",
        "gate.probeSTEERED",
        "store.SESSION_RELOCATED",
        "anchor-a.applyDRAIN");
  }

  static Stream<Moment> everyStepOfTheDrainsEnd() {
    return Moment.around(
        "store.LEASE_ENDED", "gate.applyCommits", "anchor-a.applyEND", "store.LEASE_REMOVED");
  }

  static Stream<Moment> everyStepBackAfterTheSwitch() {
    return Moment.around(
        "store.LEASE_SERVING_AGAIN",
        "anchor-a.applySERVE",
        "gate.applyCommits",
        "gate.probeSTEERED",
        "store.RELOCATION_UNDONE",
        "anchor-b.applyEND");
  }

  @ParameterizedTest // L1.2
  @MethodSource("everyStep")
  void exactlyOneAnchorTakesNewFlowsAndTheNextProcessFinishesOrUndoesTheMove(Moment moment) {
    world.faults.at(moment, world::die);
    killed(
        () -> world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline()));
    expectOneUsable(world);
    World next = settledAfterRestart();
    next.upkeepUntil(() -> drained(next), Duration.ofSeconds(10));
    expectOneUsable(next);
    expectCleanEnd(next);
  }

  static Stream<Moment> everyStepBehindThePathChange() {
    return Moment.around(
        "store.UP_PATH_CHANGED",
        "anchor-b.applySERVE",
        "gate.probeREACHABLE",
        "store.LEASE_DRAINING",
        "gate.applyCommits",
        "gate.probeSTEERED",
        "store.SESSION_RELOCATED");
  }

  @ParameterizedTest
  @MethodSource("everyStepBehindThePathChange")
  void aMoveTheCoreHasFollowedIsFinishedOrUndoneByTheNextProcess(Moment moment) {
    Instant deadline = world.call().deadline();
    Wish there = Wish.to("anchor-b");
    assertThat(world.relocation.prepare(id, there, "TEST", deadline, deadline)).isEmpty();
    world.faults.at(moment, world::die);
    killed(() -> world.relocation.complete(world.session(id), deadline));
    expectOneUsable(world);
    World next = settledAfterRestart();
    next.upkeepUntil(() -> drained(next), Duration.ofSeconds(10));
    expectOneUsable(next);
    expectCleanEnd(next);
  }

  @Test
  void whatWaitsForTheCoreOutlivesItsProcess() {
    Instant deadline = world.call().deadline();
    assertThat(world.relocation.prepare(id, Wish.to("anchor-b"), "TEST", deadline, deadline))
        .isEmpty();
    killed(world::die);
    World next = world.restarted();
    next.settle();
    assertThat(next.relocation.complete(next.session(id), next.call().deadline()))
        .isInstanceOf(RelocationOutcome.Moved.class);
    assertThat(next.gate.serving(id)).containsExactly("anchor-b");
    next.upkeepUntil(() -> drained(next), Duration.ofSeconds(10));
    expectCleanEnd(next);
  }

  @ParameterizedTest
  @MethodSource("everyStepOfTheDrainsEnd")
  void theNextProcessFinishesTheBreak(Moment moment) {
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
    world.faults.at(moment, world::die);
    world.clock.advance(world.terms.drain());
    world.alarm().ring();
    world.settle();
    World next = settledAfterRestart();
    next.upkeepUntil(() -> drained(next), Duration.ofSeconds(10));
    assertThat(next.gate.serving(id)).containsExactly("anchor-b");
    expectCleanEnd(next);
  }

  @ParameterizedTest
  @MethodSource("everyStepBackAfterTheSwitch")
  void aMoveThatWasBeingUndoneIsUndone(Moment moment) {
    Moment begin = new Moment("store.LEASE_SERVING_AGAIN", false);
    world.faults.after("gate.applyCommits", () -> world.anchors.get("anchor-b").healthy(false));
    world.faults.at(
        begin,
        () -> {
          if (moment.equals(begin)) {
            world.die();
          }
          world.faults.at(moment, world::die);
        });
    killed(
        () -> world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline()));
    World next = settledAfterRestart();
    next.upkeepUntil(() -> drained(next), Duration.ofSeconds(10));
    assertThat(next.gate.serving(id)).containsExactly("anchor-a");
    expectCleanEnd(next);
  }

  private void killed(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    assertThat(catchThrowable(work)).as("the step was never reached").isInstanceOf(Error.class);
    world.faults.heal();
  }

  private World settledAfterRestart() {
    world.faults.heal();
    World next = world.restarted();
    next.settle();
    next.upkeepUntil(() -> next.session(id).state() instanceof Active, Duration.ofSeconds(5));
    return next;
  }

  private boolean drained(World process) {
    return process.session(id).state() instanceof Active active
        && active.draining() == null
        && active.removing().isEmpty();
  }

  /** Invariants 2 and 4. */
  private void expectOneUsable(World process) {
    List<String> serving = process.gate.serving(id);
    assertThat(serving).hasSize(1);
    assertThat(process.anchors.get(serving.getFirst()).slotsHeld()).isEqualTo(1);
  }

  private void expectCleanEnd(World process) {
    process.clock.advance(process.terms.holdTtl());
    var _ = process.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    assertThat(process.evidence(id)).hasSize((int) process.session(id).version());
    process.expectNothingHeld();
  }
}
