package io.aipaging.aipf.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L1.6, §5 Recover: what belongs to nobody goes. */
class OrphansTest {
  private final World world = new World();
  private final Strays strays = new Strays(world);

  @Test // L5.34; R-16
  void anOrphanAtTheGateIsFoundInOneComparisonAndItsCommitStaysRefused() {
    Commit orphan = strays.ofNobody("lease-stray-1");
    String jws = strays.signed(orphan);
    world.gate.applyCommits(world.call(), new ApplyCommits(List.of(jws)));

    world.reconcile();

    assertThat(world.gate.grants()).isEmpty();
    assertThat(world.reconciled.orphans()).containsExactly(Peer.Kind.GATE);
    assertThatThrownBy(() -> world.gate.applyCommits(world.call(), new ApplyCommits(List.of(jws))))
        .isInstanceOf(Refusal.class)
        .extracting(e -> ((Refusal) e).problemCause())
        .isEqualTo("STALE_GENERATION");
  }

  @Test
  void orphansAtAnchorsAreFoundToo() {
    world.anchors.get("anchor-b").plant(strays.ofNobody("lease-stray-1"));

    world.reconcile();

    assertThat(world.anchors.get("anchor-b").slotsHeld()).isZero();
    assertThat(world.reconciled.orphans()).containsExactly(Peer.Kind.ANCHOR);
  }

  @Test
  void manyOrphansAreFoundOverPagesAndBatches() {
    int many = Batches.WIDTH + 3;
    for (int i = 0; i < many; i++) {
      world.gate.plant(
          strays.serve(
              new io.aipaging.protocol.SessionId("session-stray-" + i),
              "lease-stray-" + i,
              1,
              "10.45.9." + i));
    }
    for (int i = 0; i < 10 && !world.gate.grants().isEmpty(); i++) {
      world.reconcile(); // a machine under load may let a batch time out
    }
    assertThat(world.gate.grants()).isEmpty();
    assertThat(world.reconciled.orphans()).hasSizeBetween(1, many);
  }

  @Test
  void aStrayLeaseOfALivingSessionEndsAloneAndTheSessionGoesOn() {
    Session session = world.paged();
    Commit stray = strays.serve(session.id(), "lease-stray-1", 1, "10.45.0.2");
    world.anchors.get("anchor-b").plant(stray);

    world.reconcile();

    assertThat(world.anchors.get("anchor-b").slotsHeld()).isZero();
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isOne();
    assertThat(world.session(session.id())).isEqualTo(session);
    assertThat(world.renew.renewLease(world.session(session.id())).orElseThrow().state())
        .isInstanceOf(Active.class);
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
  }

  @Test
  void whatASessionThatIsOverLeftBehindEndsWithTheWholeSession() {
    Session session = world.paged();
    Commit left = session.state().live().getFirst().commit().commit();
    world.ends.end(session.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    world.gate.forgetFences();
    world.gate.plant(left);

    world.clock.advance(java.time.Duration.ofMillis(1));
    world.reconcile();

    assertThat(world.gate.grants()).isEmpty();
    assertThat(world.gate.lastEnd().endScope()).isEqualTo(EndScope.SESSION);
    assertThat(world.gate.lastEnd().gen()).isGreaterThan(world.session(session.id()).gen());
  }

  @Test
  void whereAllIsWellNothingIsTouched() {
    Session session = world.paged();
    world.faults.forgetCalls();

    world.reconcile();

    assertThat(world.faults.calls())
        .allMatch(call -> call.contains("list") || call.equals("qos.get"));
    assertThat(world.session(session.id())).isEqualTo(session);
    assertThat(world.reconciled.orphans()).isEmpty();
    assertThat(world.reconciled.reinstalled()).isEmpty();
  }

  @Test
  void aLeaseWhoseEndIsOnItsWayIsNoOrphan() {
    Session session = world.paged();
    world.relocation.relocate(session.id(), Wish.to("anchor-b"), "TEST", world.call().deadline());
    world.faults.refuse("gate.applyCommits", 504, "TARGET_NF_NOT_REACHABLE");
    world.faults.refuse("anchor-a.applyEND", 504, "TARGET_NF_NOT_REACHABLE");
    endDrain(session);
    world.faults.heal();

    world.reconcile();

    assertThat(world.reconciled.orphans()).isEmpty();
  }

  private void endDrain(Session session) {
    try {
      world.drains.endDrain(world.session(session.id()), "TEST");
    } catch (io.aipaging.aipf.lease.NotAppended e) {
      throw new AssertionError(e);
    }
  }

  @Test // first list, then read: what ended in between is not taken for an orphan
  void aSessionThatEndsWhileItIsComparedIsNoOrphan() {
    Session session = world.paged();
    world.faults.after(
        "gate.listGrants",
        () -> {
          world.faults.heal("gate.listGrants");
          world.clock.advance(java.time.Duration.ofMillis(1));
          world.ends.end(session.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
          world.faults.forgetCalls();
        });

    world.reconciler.round(world.reconciler.peers().getFirst());

    assertThat(world.reconciled.orphans()).isEmpty();
    assertThat(world.faults.calls()).doesNotContain("gate.applyCommits");
  }

  @Test // first list, then read: what begins in between is not taken for missing or stray
  void aSessionThatBeginsWhileItIsComparedIsLeftAlone() {
    world.faults.before(
        "store.list",
        () -> {
          world.faults.heal("store.list");
          world.paged();
        });

    world.reconcile();

    assertThat(world.reconciled.orphans()).isEmpty();
    assertThat(world.only().state()).isInstanceOf(Active.class);
    assertThat(world.gate.serving(world.only().id())).containsExactly("anchor-a");
  }

  @Test // a store that cannot be asked is not an empty one
  void nothingEndsWhileTheStoreCannotBeUsed() {
    Session session = world.paged();
    for (String point : List.of("store.find", "store.list")) {
      world.faults.before(
          point,
          () -> {
            throw new StoreUnavailable("by the test");
          });
      world.reconcile();
      world.faults.heal(point);
      world.gate.plant(strays.ofNobody("lease-stray-1"));
    }
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
    assertThat(world.reconciled.orphans()).isEmpty();
    assertThat(world.reconciled.compared()).contains("gate-1 FAILED", "qos FAILED");
  }

  @Test // the row is older than what was acknowledged
  void aStoreThatLostTransitionsEndsTheSessionInsteadOfFightingTheEnforcer() {
    Session session = world.paged();
    LeaseId lease = session.state().live().getFirst().id();
    world.gate.plant(strays.serve(session.id(), lease.value(), 9, "10.45.0.2"));

    world.reconcile();

    assertThat(world.session(session.id()).state().name()).isEqualTo("REVOKED");
    assertThat(world.evidence(session.id()).getLast().trigger()).isEqualTo("STORE_BEHIND");
    world.expectNothingHeld();
  }

  @Test // the row's end meets a newer serve, which only a store that lost transitions leaves behind
  void aLeaseNewerThanTheEndOfItsSessionIsEndedByTheNextComparison() {
    Session session = world.paged();
    LeaseId lease = session.state().live().getFirst().id();
    Commit ahead = strays.serve(session.id(), lease.value(), 9, "10.45.0.2");
    world.gate.applyCommits(world.call(), new ApplyCommits(List.of(strays.signed(ahead))));
    world.ends.end(session.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    assertThat(world.session(session.id()).terminal()).isTrue();
    assertThat(world.gate.grants()).containsExactly(ahead);
    world.clock.advance(java.time.Duration.ofMillis(1));
    world.reconcile();
    world.expectNothingHeld();
    assertThat(world.gate.lastEnd().gen()).isGreaterThan(9);
  }

  @Test // the AIPF that knew them is gone, and its memory with it
  void afterALostStoreEverythingEndsAtOnce() {
    world.paged();
    world.page("10.45.0.3");
    World other = world.withAnEmptyStore();

    other.reconcile();

    other.expectNothingHeld();
    assertThat(other.reconciled.orphans()).hasSize(6);
  }
}
