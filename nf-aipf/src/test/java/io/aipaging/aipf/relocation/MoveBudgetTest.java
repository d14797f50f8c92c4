package io.aipaging.aipf.relocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.relocation.RelocationOutcome.KeptOldPath;
import io.aipaging.aipf.relocation.RelocationOutcome.Moved;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Relocate: a crowd on its way does not run an anchor over. */
class MoveBudgetTest {
  private final World world = new World(RelocationScenario.LONG, 1_000);
  private final List<SessionId> ids =
      IntStream.range(2, 6).mapToObj(ue -> paged("10.45.0." + ue)).toList();
  private final CountDownLatch entered = new CountDownLatch(World.TO_ONE_ANCHOR_MAX);
  private final CountDownLatch go = new CountDownLatch(1);

  private SessionId paged(String ue) {
    return ((Paged) world.page(ue)).session().id();
  }

  @AfterEach
  void letGo() {
    go.countDown();
  }

  @Test // L5.26
  void aPatientSessionWhoseTurnHasNotComeIsNotTouched() throws Exception {
    List<FutureTask<RelocationOutcome>> crowd = crowdOnItsWayToB();
    Session before = world.session(ids.get(2));

    KeptOldPath kept = (KeptOldPath) patient(ids.get(2), "anchor-b");

    assertThat(kept.cause()).isEqualTo("TARGET_BUSY");
    assertThat(world.session(ids.get(2)))
        .as("no trace, no pause before the next try")
        .isEqualTo(before);
    expectMoved(crowd);
    assertThat(patient(ids.get(2), "anchor-b"))
        .as("places are given back")
        .isInstanceOf(Moved.class);
  }

  @Test
  void itGoesToTheNextAnchorThatHasAPlace() throws Exception {
    List<FutureTask<RelocationOutcome>> crowd = crowdOnItsWayToB();
    assertThat(((Moved) patient(ids.get(2), null)).to()).isEqualTo("anchor-c");
    expectMoved(crowd);
  }

  @Test
  void whoCannotWaitGoesAllTheSame() throws Exception {
    List<FutureTask<RelocationOutcome>> crowd = crowdOnItsWayToB();
    FutureTask<RelocationOutcome> third =
        started(
            () -> world.relocation.relocate(ids.get(2), Wish.to("anchor-b"), "TEST", deadline()));
    World.await(() -> holdsAskedOfB() == crowd.size() + 1);
    assertThat(holdsAskedOfB()).isEqualTo(crowd.size() + 1);
    expectMoved(crowd);
    assertThat(third.get(20, TimeUnit.SECONDS)).isInstanceOf(Moved.class);
  }

  @Test // a lost anchor, and the way out is only crowded
  void aSessionWhoseWayOutIsBusyIsNotGivenUp() throws Exception {
    world.faults.refuse("anchor-c.createHold", 503, "INSUFFICIENT_RESOURCES");
    world.faults.refuse("anchor-d.createHold", 503, "INSUFFICIENT_RESOURCES");
    List<FutureTask<RelocationOutcome>> crowd = crowdOnItsWayToB();
    world.anchors.get("anchor-a").healthy(false);
    Trigger lost = new Trigger.AnchorLost("anchor-a");

    SessionMover.Attempt attempt = world.mover.attempt(ids.get(2), lost);

    assertThat(attempt.queued()).isTrue();
    assertThat(world.session(ids.get(2)).state()).isInstanceOf(Active.class);
    expectMoved(crowd);
    assertThat(world.mover.attempt(ids.get(2), lost).outcome()).isInstanceOf(Moved.class);
    assertThat(world.gate.serving(ids.get(2))).containsExactly("anchor-b");
  }

  @Test // a single event is not repeated by anybody: its turn has to come
  void waitingForItsTurnCostsAnEventNoneOfItsTries() throws Exception {
    List<FutureTask<RelocationOutcome>> crowd = crowdOnItsWayToB();
    AtomicInteger looks = new AtomicInteger();
    world.faults.before(
        "store.find",
        () -> {
          if (looks.incrementAndGet() == 20) {
            go.countDown();
          }
        });
    world.triggers.raise(new Trigger.UeMoved(UeAddress.parse("10.45.0.4"), "dnai-anchor-b"));
    for (FutureTask<RelocationOutcome> move : crowd) {
      var _ = move.get(20, TimeUnit.SECONDS);
    }
    world.settle();
    assertThat(looks.get()).isGreaterThan(20);
    assertThat(world.gate.serving(ids.get(2))).containsExactly("anchor-b");
  }

  @Test
  void whatComesOnTopOfThoseWhoWaitIsDroppedAndCounted() {
    List<SessionId> more = IntStream.range(6, 11).mapToObj(ue -> paged("10.45.0." + ue)).toList();
    for (String anchor : world.anchors.keySet()) {
      world.faults.before(anchor + ".createHold", this::stop);
    }
    Stream.concat(ids.stream(), more.stream())
        .forEach(id -> world.triggers.raise(new Trigger.OperatorMove(id, null)));
    assertThat(ids.size() + more.size()).isEqualTo(World.WAITING_MAX + 1);
    assertThat(world.moves.dropped).containsExactly(new Trigger.OperatorMove(more.getLast(), null));
    go.countDown();
    world.settle();
  }

  private long holdsAskedOfB() {
    return world.faults.calls().stream().filter("anchor-b.createHold"::equals).count();
  }

  private RelocationOutcome patient(SessionId id, String target) {
    Wish wish = new Wish(null, target, null, Set.of(), true);
    return world.relocation.relocate(id, wish, "TEST", deadline());
  }

  /** As many as may, all of them stopped at its door. */
  private List<FutureTask<RelocationOutcome>> crowdOnItsWayToB() throws Exception {
    world.faults.before(
        "anchor-b.createHold",
        () -> {
          entered.countDown();
          stop();
        });
    List<FutureTask<RelocationOutcome>> crowd =
        ids.subList(0, World.TO_ONE_ANCHOR_MAX).stream()
            .map(id -> started(() -> patient(id, "anchor-b")))
            .toList();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    return crowd;
  }

  private void stop() {
    try {
      assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void expectMoved(List<FutureTask<RelocationOutcome>> crowd) throws Exception {
    go.countDown();
    for (FutureTask<RelocationOutcome> move : crowd) {
      assertThat(move.get(20, TimeUnit.SECONDS)).isInstanceOf(Moved.class);
    }
  }

  private static FutureTask<RelocationOutcome> started(Callable<RelocationOutcome> work) {
    FutureTask<RelocationOutcome> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    return task;
  }

  private Instant deadline() {
    return world.clock.instant().plusSeconds(60);
  }
}
