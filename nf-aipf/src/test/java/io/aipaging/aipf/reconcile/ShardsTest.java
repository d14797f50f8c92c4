package io.aipaging.aipf.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.world.FakeAnchor;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.SessionId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Lease-protocol §5, Recover, with replicas: only a shard's owner puts right what is wrong in it,
 * and nobody goes on with a shard it has lost meanwhile.
 */
class ShardsTest {
  private final World world = new World();
  private final Strays strays = new Strays(world);
  private final Session session = world.paged();
  private final SessionId id = session.id();
  private final FakeAnchor anchor = world.anchors.get("anchor-a");
  private final AtomicInteger rowsRead = new AtomicInteger();

  @Test
  void anOrphanOfAShardThatIsLostAfterTheListingIsTheNewOwnersToEnd() {
    Commit orphan = orphanAtTheGate();
    world.faults.after("gate.listGrants", () -> world.ownership.lose(orphan.session()));
    world.reconcile();
    assertThat(world.gate.grants()).contains(orphan);
    assertThat(world.reconciled.orphans()).isEmpty();
  }

  @Test // the row is read, then ownership is asked: an end without a row has no compare-and-set
  void anOrphanOfAShardThatIsLostWhileItsRowIsReadIsTheNewOwnersToEnd() {
    Commit orphan = orphanAtTheGate();
    world.faults.before("store.find", () -> world.ownership.lose(orphan.session()));
    world.reconcile();
    assertThat(world.gate.grants()).contains(orphan);
    assertThat(world.reconciled.orphans()).isEmpty();
  }

  @Test
  void whatIsInSomebodyElsesShardIsNotEvenLookedUp() {
    orphanAtTheGate();
    world.ownership.lose(Strays.NOBODY);
    countRows();
    world.reconcile();
    assertThat(rowsRead.get()).as("its own session's binding is looked up").isEqualTo(1);
    assertThat(world.reconciled.orphans()).isEmpty();
  }

  @Test
  void aLeaseOfAShardThatIsLostAfterTheListingIsNotBroughtBack() {
    world.gate.restart();
    anchor.restart();
    world.faults.after("gate.listGrants", () -> world.ownership.lose(id));
    world.faults.after("anchor-a.listLeases", () -> world.ownership.lose(id));
    world.reconcile();
    assertThat(world.gate.grants()).isEmpty();
    assertThat(anchor.slotsHeld()).isZero();
    assertThat(world.reconciled.reinstalled()).isEmpty();
  }

  @Test
  void aLeaseOfSomebodyElsesShardIsNotEvenLookedUp() {
    world.gate.restart();
    anchor.restart();
    world.ownership.lose(id);
    countRows();
    world.reconcile();
    assertThat(rowsRead.get()).isZero();
    assertThat(world.reconciled.reinstalled()).isEmpty();
  }

  @Test
  void aBindingOfAShardThatIsLostAfterTheListingIsNotDeleted() {
    strays.bindQos();
    world.faults.after("qos.list", () -> world.ownership.lose(Strays.NOBODY));
    world.reconcile();
    assertThat(world.qos.bindings()).containsKey(Strays.NOBODY.value());
  }

  @Test
  void aBindingOfSomebodyElsesShardIsNotEvenLookedUp() {
    strays.bindQos();
    world.ownership.lose(Strays.NOBODY);
    countRows();
    world.reconcile();
    assertThat(rowsRead.get()).as("its own session's binding is looked up").isEqualTo(1);
    assertThat(world.qos.bindings()).containsKey(Strays.NOBODY.value());
  }

  @Test
  void aBindingThatWentInAShardThatIsLostAfterTheListingIsNotMadeAgain() {
    world.qos.forget();
    world.faults.after("qos.list", () -> world.ownership.lose(id));
    world.reconcile();
    assertThat(world.qos.bindings()).isEmpty();
  }

  @Test
  void whoGainsAShardEndsWhatIsNobodysThere() {
    orphanAtTheGate();
    strays.bindQos();
    world.ownership.lose(Strays.NOBODY);
    world.reconcile();
    world.reconciler.start();
    world.ownership.gain(Strays.NOBODY);
    World.await(() -> world.gate.grants().size() == 1 && world.qos.bindings().size() == 1);
    assertThat(world.gate.grants()).extracting(Commit::session).containsExactly(id);
    assertThat(world.qos.bindings()).containsOnlyKeys(session.facts().bindingRef());
  }

  private Commit orphanAtTheGate() {
    Commit orphan = strays.ofNobody("lease-stray-1");
    world.gate.plant(orphan);
    return orphan;
  }

  private void countRows() {
    world.faults.before("store.find", rowsRead::incrementAndGet);
  }
}
