package io.aipaging.aipf.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.paging.PageOutcome.Rejected;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A page that is asked for again with its idempotency key. */
class PageRepeatTest {
  private final World world = new World();

  @Test // L5.6
  void aRepeatWithTheSameKeyGetsTheSameSessionAndToken() {
    Call call = world.call().withIdempotencyKey("k-1");
    Session first = ((Paged) world.pages.page(call, World.request("10.45.0.2"))).session();
    world.faults.forgetCalls();
    Session again = ((Paged) world.pages.page(call, World.request("10.45.0.2"))).session();
    assertThat(again).isEqualTo(first);
    assertThat(again.token().jws()).isEqualTo(first.token().jws());
    assertThat(world.faults.calls()).isEmpty();
  }

  @Test
  void theSameKeyWithOtherContentIsRefused() {
    Call call = world.call().withIdempotencyKey("k-1");
    world.pages.page(call, World.request("10.45.0.2"));
    PageOutcome other = world.pages.page(call, World.request("10.45.0.3"));
    assertThat(((NotBegun) other).obstacle()).isEqualTo(Obstacle.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void theSameKeyOfAnotherConsumerIsAnotherPage() {
    world.pages.page(world.call().withIdempotencyKey("k-1"), World.request("10.45.0.2"));
    PageOutcome other =
        world.pages.page(
            world.call().as("nef-2").withIdempotencyKey("k-1"), World.request("10.45.0.3"));
    assertThat(other).isInstanceOf(Paged.class);
  }

  @Test
  void aRepeatWhileTheFirstRunsWaitsForIt() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          reached.countDown();
          awaitQuietly(go);
        });
    Call call = world.call().withIdempotencyKey("k-1");
    FutureTask<PageOutcome> first = start(call);
    assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
    FutureTask<PageOutcome> second = start(call);
    assertThat(second.isDone()).isFalse();
    go.countDown();
    Session one = ((Paged) first.get(5, TimeUnit.SECONDS)).session();
    Session two = ((Paged) second.get(5, TimeUnit.SECONDS)).session();
    assertThat(two).isEqualTo(one);
    assertThat(world.faults.calls().stream().filter("anchor-a.createHold"::equals)).hasSize(1);
  }

  @Test
  void aRepeatOfARejectedPageIsRejectedForTheSameCause() {
    world.demanding(Demand.REQUIRED);
    world.faults.refuse("qos.create", 403, "NOT_AUTHORIZED");
    Call call = world.call().withIdempotencyKey("k-1");
    Rejected first = (Rejected) world.pages.page(call, World.request("10.45.0.2"));
    world.faults.heal("qos.create");
    Rejected again = (Rejected) world.pages.page(call, World.request("10.45.0.2"));
    assertThat(again.cause()).isEqualTo(first.cause());
  }

  private FutureTask<PageOutcome> start(Call call) {
    FutureTask<PageOutcome> task =
        new FutureTask<>(() -> world.pages.page(call, World.request("10.45.0.2")));
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
