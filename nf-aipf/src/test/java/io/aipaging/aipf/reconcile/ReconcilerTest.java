package io.aipaging.aipf.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Ownership;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.Shard;
import io.aipaging.aipf.world.FakeAnchor;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.Reconciled;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.Commit;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When who is compared, and by whom. */
class ReconcilerTest {
  private static final Peer GATE = new Peer.Gate(FakeGate.ID);
  private final World world = new World();
  private final Strays strays = new Strays(world);

  @Test // L5.33
  void everyPeerIsComparedOnceARound() {
    world.reconcile();
    assertThat(world.reconciled.compared())
        .containsExactlyInAnyOrder(
            "gate-1 DONE",
            "anchor-a DONE",
            "anchor-b DONE",
            "anchor-c DONE",
            "anchor-d DONE",
            "qos DONE");
  }

  @Test // L5.33; R-17
  void anEnforcerThatHasStartedIsComparedAtOnceAndNobodyElse() {
    Session session = world.paged();
    world.gate.restart();

    assertThat(world.reconciler.started(FakeGate.ID, "boot-1")).isTrue();

    World.await(() -> world.reconciled.compared().size() == 1);
    assertThat(world.reconciled.compared()).containsExactly("gate-1 DONE");
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
  }

  @Test // an announcement that is repeated because its answer got lost
  void aStartIsAnsweredOnceHoweverOftenItIsAnnounced() {
    String agent = "agent-anchor-a";
    assertThat(world.reconciler.started(agent, "boot-1")).isTrue();
    World.await(() -> world.reconciled.compared().size() == 1);
    assertThat(world.reconciler.started(agent, "boot-1")).isTrue();
    assertThat(world.reconciler.started(agent, "boot-2")).isTrue();
    World.await(() -> world.reconciled.compared().size() == 2);
    assertThat(world.reconciled.compared()).containsExactly("anchor-a DONE", "anchor-a DONE");
  }

  @Test
  void anEnforcerNobodyKnowsIsNotWelcome() {
    assertThat(world.reconciler.started("gate-of-nobody", "boot-1")).isFalse();
    assertThat(world.reconciled.compared()).isEmpty();
  }

  @Test
  void aStartWhileItsEnforcerIsBeingComparedIsNotForgotten() {
    world.faults.after(
        "gate.listGrants",
        () -> {
          world.faults.heal("gate.listGrants");
          world.reconciler.started(FakeGate.ID, "boot-1");
          World.await(() -> false, Duration.ofMillis(50));
        });

    world.reconciler.round(GATE);

    World.await(() -> world.reconciled.compared().size() == 2);
    assertThat(world.reconciled.compared()).containsExactly("gate-1 DONE", "gate-1 DONE");
  }

  @Test
  void aComparisonThatTakesLongIsFollowedByALongPause() {
    assertThat(world.reconciler.round(GATE)).isEqualTo(Duration.ofSeconds(10));
    world.faults.before("gate.listGrants", () -> world.clock.advance(Duration.ofSeconds(5)));
    assertThat(world.reconciler.round(GATE)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test // decision 6: only a shard's owner does what nobody asked for
  void whatIsOfOthersShardsIsLeftToThem() {
    Session session = world.paged();
    Commit stray = strays.ofNobody("lease-stray-1");
    world.gate.restart();
    world.gate.plant(stray);
    Set<Shard> others = new HashSet<>(Shard.all());
    others.remove(Shard.of(session.id()));
    others.remove(Shard.of(stray.session()));
    Reconciled seen = new Reconciled();
    Reconciler other = owning(others, seen);

    other.peers().forEach(other::round);

    assertThat(world.gate.grants()).containsExactly(stray);
    assertThat(seen.orphans()).isEmpty();
    assertThat(seen.reinstalled()).isEmpty();
  }

  @Test // an enforcer tells one replica, and what it lost is of all of them
  void aStartIsForEverySessionWhoeverLooksAfterIt() {
    Session session = world.paged();
    world.gate.restart();
    Reconciled seen = new Reconciled();
    Reconciler other = owning(Set.of(), seen);

    assertThat(other.started(FakeGate.ID, "boot-1")).isTrue();

    World.await(() -> seen.compared().size() == 1);
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
    world.gate.restart();
    other.round(GATE);
    assertThat(world.gate.serving(session.id())).isEmpty();
  }

  @Test
  void aStartWhoseComparisonFailsIsComparedAgainBeforeTheNextRound() {
    Session session = world.paged();
    world.gate.restart();
    Reconciled seen = new Reconciled();
    Reconciler other = owning(Set.of(), seen);
    AtomicInteger asked = new AtomicInteger();
    world.faults.before(
        "gate.listGrants",
        () -> {
          if (asked.incrementAndGet() < 3) {
            throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "not yet");
          }
        });

    other.started(FakeGate.ID, "boot-1");

    World.await(() -> seen.compared().size() == 3);
    assertThat(seen.compared())
        .containsExactly("gate-1 UNREACHABLE", "gate-1 UNREACHABLE", "gate-1 DONE");
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
  }

  @Test // L5.33
  void whoGainsShardsComparesAtOnce() {
    AtomicReference<Ownership.Listener> listener = new AtomicReference<>();
    Reconciled seen = new Reconciled();
    Session session = world.paged();
    world.gate.restart();
    Reconciler gaining = owning(Shard.all(), seen, listener);
    gaining.start();
    assertThat(seen.compared()).isEmpty();

    listener.get().gained(Shard.all());

    World.await(() -> seen.compared().size() == gaining.peers().size());
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
  }

  private Reconciler owning(Set<Shard> shards, Reconciled seen) {
    return owning(shards, seen, new AtomicReference<>());
  }

  private Reconciler owning(
      Set<Shard> shards, Reconciled seen, AtomicReference<Ownership.Listener> listener) {
    Ownership ownership =
        new Ownership() {
          @Override
          public String runner() {
            return "runner-9";
          }

          @Override
          public boolean alive(String runner) {
            return true;
          }

          @Override
          public Set<Shard> owned() {
            return shards;
          }

          @Override
          public void listen(Listener told) {
            listener.set(told);
          }
        };
    return seen.reconciler(
        new Tools(
            world.store,
            world.leases,
            world.issuer,
            world.enforcement,
            world.ends,
            world.relocation,
            ownership,
            world.terms,
            World.EFFECT_TIME),
        world.anchors.keySet(),
        world.strands);
  }

  @Test
  void theAnchorsAgentIsKnownByItsNameInCommits() {
    assertThat(world.reconciler.peers())
        .contains(
            new Peer.Anchor("anchor-a", FakeAnchor.inLeases("anchor-a").agentId()), new Peer.Qos());
  }
}
