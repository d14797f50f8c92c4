package io.aipaging.aipf.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.FakeAnchor;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Lease-protocol §5, Recover: what is missing comes back with the same COMMIT, or honestly ends.
 */
class RepairsTest {
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();
  private final FakeAnchor anchor = world.anchors.get("anchor-a");

  @Test // L5.35; R-17
  void aGateThatLostEverythingGetsTheVeryCommitAgain() {
    world.gate.restart();

    world.reconcile();

    assertThat(world.gate.grants()).containsExactly(commit(session));
    assertThat(world.reconciled.reinstalled()).containsExactly(Peer.Kind.GATE);
    assertThat(world.session(id)).isEqualTo(session);
  }

  @Test // L5.35; R-17
  void anAnchorThatLostEverythingGetsTheVeryCommitAgain() {
    anchor.restart();

    world.reconcile();

    assertThat(anchor.roleOf(commit(session).lease())).isEqualTo(CommitRole.SERVE);
    assertThat(world.reconciled.reinstalled()).containsExactly(Peer.Kind.ANCHOR);
    assertThat(world.session(id)).isEqualTo(session);
  }

  @Test
  void anEnforcerWithAnOlderCommitGetsTheNewestOne() {
    world.clock.advance(Duration.ofSeconds(15));
    world.faults.loseAnswer("store.LEASE_RENEWED");
    try {
      world.renew.renewLease(world.session(id));
    } catch (io.aipaging.openapi.Refusal durableAndNotDelivered) {
      world.faults.heal();
    }
    assertThat(world.session(id).gen()).isEqualTo(2);
    assertThat(world.gate.grants()).extracting(Commit::gen).containsExactly(1L);

    world.reconcile();

    assertThat(world.gate.grants()).extracting(Commit::gen).containsExactly(2L);
  }

  @Test // what a move's row says is steered
  void aGateThatForgetsDuringADrainCarriesOldAndNewFlowsAgain() {
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
    world.gate.restart();

    world.reconcile();

    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(world.gate.draining(id)).containsExactly("anchor-a");
  }

  @Test // Delivery of the drain to the old anchor is a courtesy that may get lost
  void anOldAnchorThatWasNotToldToDrainIsTold() {
    world.faults.refuse("anchor-a.applyDRAIN", 504, "TARGET_NF_NOT_REACHABLE");
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
    assertThat(anchor.roleOf(commit(session).lease())).isEqualTo(CommitRole.SERVE);
    world.faults.heal();

    world.reconcile();

    assertThat(anchor.roleOf(commit(session).lease())).isEqualTo(CommitRole.DRAIN);
  }

  @Test // two gates: the old one's drain must not overtake the new one's serve
  void aSwitchIsLeftToWhoeverMakesTheMove() {
    world.faults.after("store.LEASE_DRAINING", world::reconcile);

    var moved = world.relocation.relocate(id, Wish.ANY, "TEST", world.call().deadline());

    assertThat(moved).isInstanceOf(RelocationOutcome.Moved.class);
    assertThat(world.reconciled.compared()).isNotEmpty();
    assertThat(world.reconciled.reinstalled()).isEmpty();
  }

  @Test
  void whatIsAlmostOverIsNotBrought() {
    world.gate.restart();
    world.clock.set(world.terms.cutoff(commit(session).expiresAt()));

    world.reconcile();

    assertThat(world.reconciled.reinstalled()).isEmpty();
  }

  @Test // HOLD_NOT_FOUND
  void aSessionLeavesAnAnchorThatLostItForGood() {
    anchor.restartWithoutJournal();

    world.reconcile();

    assertThat(world.session(id).state()).isInstanceOf(Active.class);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(world.evidence(id)).anyMatch(r -> "ANCHOR_LOST".equals(r.trigger()));
  }

  @Test // HOLD_NOT_FOUND, and nowhere to go
  void aSessionThatCannotLeaveALostAnchorEnds() {
    anchor.restartWithoutJournal();
    for (String other : List.of("anchor-b", "anchor-c", "anchor-d")) {
      world.faults.refuse(other + ".createHold", 503, "INSUFFICIENT_RESOURCES");
    }

    world.reconcile();

    assertThat(world.session(id).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(id).getLast().reason()).isEqualTo("ANCHOR_LOST");
    world.expectNothingHeld();
  }

  @Test // its fence is ahead of the row, nothing the row has will ever be obeyed there
  void aGateWhoseFenceIsAheadEndsTheSession() {
    world.gate.restart();
    String ahead =
        new Strays(world).signed(new Strays(world).serve(id, "lease-ahead", 9, "10.45.0.2"));
    world.gate.applyCommits(world.call(), new ApplyCommits(List.of(ahead)));
    world.gate.restart();

    world.reconcile();

    assertThat(world.session(id).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(id).getLast().trigger()).isEqualTo("GATE_STALE_GENERATION");
  }

  @Test // a gate that has not got the keys yet refuses, too
  void aGateThatRejectsTheCommitIsAskedThreeTimesBeforeTheSessionEnds() {
    world.gate.restart();
    world.faults.before("gate.applyCommits", this::rejectServes);
    world.reconcile();
    world.reconcile();
    assertThat(world.session(id)).isEqualTo(session);

    world.reconcile();

    assertThat(world.session(id).state().name()).isEqualTo("ENDING");
    assertThat(world.evidence(id).getLast().reason()).isEqualTo("NETWORK_TERMINATED");
  }

  @Test
  void refusalsCountOnlyInARow() {
    for (int i = 0; i < 2; i++) {
      world.gate.restart();
      world.faults.before("gate.applyCommits", this::rejectServes);
      world.reconcile();
      world.reconcile();
      world.faults.heal();
      world.reconcile();
    }
    assertThat(world.session(id)).isEqualTo(session);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
  }

  private void rejectServes() {
    throw io.aipaging.openapi.Refusal.of(403, "COMMIT_REJECTED", "by the test");
  }

  @Test
  void anEnforcerThatIsAwayCostsNobodyElseAnything() {
    world.gate.restart();
    anchor.restart();
    world.faults.refuse("gate.listGrants", 504, "TARGET_NF_NOT_REACHABLE");

    world.reconcile();

    assertThat(world.reconciled.compared())
        .contains("gate-1 UNREACHABLE", "anchor-a DONE", "qos DONE");
    assertThat(anchor.roleOf(commit(session).lease())).isEqualTo(CommitRole.SERVE);
    assertThat(world.session(id)).isEqualTo(session);
  }

  @Test
  void anEnforcerThatGoesAwayMeanwhileIsLeftAloneUntilTheNextComparison() {
    for (int i = 0; i < 3 * Batches.WIDTH; i++) {
      world.gate.plant(
          new Strays(world)
              .serve(new SessionId("session-stray-" + i), "lease-stray-" + i, 1, "10.45.9." + i));
    }
    world.faults.refuse("gate.applyCommits", 504, "TARGET_NF_NOT_REACHABLE");
    world.faults.forgetCalls();

    world.reconcile();

    assertThat(world.faults.calls().stream().filter("gate.applyCommits"::equals))
        .hasSize(Batches.WIDTH);
    assertThat(world.reconciled.compared()).contains("gate-1 UNREACHABLE");
  }

  @Test
  void oneThatIsNeverAnsweredDoesNotKeepTheOthersFromBeingRepaired() {
    for (int i = 0; i < 3; i++) {
      world.page("10.45.1." + i);
    }
    world.gate.restart();
    java.util.concurrent.atomic.AtomicInteger calls =
        new java.util.concurrent.atomic.AtomicInteger();
    world.faults.before(
        "gate.applyCommits",
        () -> {
          if (calls.getAndIncrement() == 0) {
            throw io.aipaging.openapi.Refusal.of(504, "TIMED_OUT_REQUEST", "by the test");
          }
        });

    world.reconcile();

    assertThat(world.gate.grants()).hasSize(3);
    assertThat(world.reconciled.compared()).contains("gate-1 DONE");
  }

  @Test // its row changed between the refusal and the judgement
  void aRefusalThatANewerCommitExplainsHasNoConsequence() {
    world.gate.restart();
    world.clock.advance(Duration.ofSeconds(15));
    world.faults.before(
        "gate.applyCommits",
        () -> {
          world.faults.heal("gate.applyCommits");
          world.renew.renewLease(world.session(id));
        });

    world.reconcile();

    assertThat(world.session(id).state()).isInstanceOf(Active.class);
    assertThat(world.gate.grants()).extracting(Commit::gen).containsExactly(2L);
  }

  @Test // lease-protocol §5, Relocate: a move under way is its runner's
  void anAnchorThatForgetsDuringAMoveIsJudgedByTheProbe() {
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          world.faults.heal("gate.probeSTEERED");
          world.anchors.get("anchor-b").restartWithoutJournal();
          world.reconcile();
        });

    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());

    assertThat(world.session(id).state()).isInstanceOf(Active.class);
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
  }

  private static Commit commit(Session session) {
    SignedCommit signed = session.state().live().getFirst().commit();
    return signed.commit();
  }
}
