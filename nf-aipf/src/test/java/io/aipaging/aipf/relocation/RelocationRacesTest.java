package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.Faults.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lease-protocol §5, Relocate: whoever dies or falls silent at whatever step, for good, leaves one
 * usable anchor or an honest end.
 */
class RelocationRacesTest extends RelocationScenario {
  /** Long enough for a renewal, or for everything to have run out. */
  private static final Duration WHILE = Duration.ofSeconds(45);

  /** Who is silent from some moment on. */
  enum Dying {
    TARGET("anchor-b"),
    SOURCE("anchor-a"),
    GATE("gate"),
    TARGET_AND_SOURCE("anchor-a", "anchor-b");

    private final List<String> peers;

    Dying(String... peers) {
      this.peers = List.of(peers);
    }
  }

  private static final List<String> CALLS =
      List.of(
          ".createHold",
          ".releaseHold",
          ".applySERVE",
          ".applyDRAIN",
          ".applyEND",
          ".applyCommits",
          ".probeREACHABLE",
          ".probeSTEERED");

  static Stream<Arguments> everyStepAndEverybody() {
    return RelocationCrashTest.everyStep()
        .flatMap(moment -> Stream.of(Dying.values()).map(who -> Arguments.of(who, moment)));
  }

  @ParameterizedTest // L1.2
  @MethodSource("everyStepAndEverybody")
  void oneUsableAnchorOrAnHonestEnd(Dying who, Moment moment) {
    boolean[] reached = {false};
    world.faults.at(
        moment,
        () -> {
          world.faults.heal(moment.point());
          reached[0] = true;
          fallSilent(who);
        });
    relocate("anchor-b");
    assertThat(reached[0]).as("the step was never reached").isTrue();
    expectOneTarget();
    Instant end = world.clock.instant().plus(WHILE);
    world.upkeepUntil(() -> !world.clock.instant().isBefore(end), WHILE.multipliedBy(2));
    switch (world.session(id).state()) {
      case Active active -> expectUsable(who, active.serving());
      case SessionState.Ending ending -> assertThat(ending.cause().reason().name()).isIn(HONEST);
      case SessionState.Revoked over -> assertThat(over.cause().reason().name()).isIn(HONEST);
      default -> throw new AssertionError("left in " + world.session(id).state());
    }
    world.faults.heal();
    var _ = world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(60));
    world.expectNothingHeld();
    assertThat(world.evidence(id)).hasSize((int) world.session(id).version());
  }

  private static final List<String> HONEST = List.of("ANCHOR_LOST", "NETWORK_TERMINATED");

  /** Invariant 4; and no instant without a target while the gate lives. */
  private void expectOneTarget() {
    if (!world.session(id).terminal()
        && !(world.session(id).state() instanceof SessionState.Ending)) {
      assertThat(world.gate.serving(id)).hasSize(1);
    }
  }

  private void expectUsable(Dying who, Lease.Serving serving) {
    String anchor = serving.anchor().id();
    assertThat(who.peers).doesNotContain(anchor, "gate");
    assertThat(world.gate.serving(id)).containsExactly(anchor);
    assertThat(world.anchors.get(anchor).roleOf(serving.id())).isNotNull();
    assertThat(world.gate.steeredUntil(id)).isEqualTo(serving.expiresAt());
  }

  private void fallSilent(Dying who) {
    for (String peer : who.peers) {
      CALLS.forEach(call -> world.faults.refuse(peer + call, 504, "TARGET_NF_NOT_REACHABLE"));
      if (!peer.equals("gate")) {
        world.anchors.get(peer).healthy(false);
      }
    }
  }
}
