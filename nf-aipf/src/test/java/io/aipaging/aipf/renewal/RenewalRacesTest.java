package io.aipaging.aipf.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.renewal.RenewalOutcome.NotRenewable;
import io.aipaging.aipf.renewal.RenewalOutcome.Renewed;
import io.aipaging.aipf.world.Together;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lease-protocol §5, Renew: whatever meets a renewal, the compare-and-set decides. */
class RenewalRacesTest {
  private static final EndCause REVOKED = new EndCause(EndReason.REVOKED_BY_OPERATOR, "TEST");
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();

  @Test
  void oneMillisecondBeforeItsEndALeaseIsRefusedAndOneAfterItToo() {
    Instant exp = session.state().live().getFirst().expiresAt();
    for (Instant now : List.of(exp.minusMillis(1), exp, exp.plusMillis(1))) {
      world.clock.set(now);
      assertThat(extend()).isEqualTo(new NotRenewable("TOO_LATE"));
      assertThat(world.renew.renewLease(world.session(id))).contains(session);
    }
    assertThat(world.gate.grants()).isEmpty();
    world.clock.set(world.terms.over(exp));
    world.alarm().ring();
    world.settle();
    assertThat(extend()).isEqualTo(new NotRenewable("INCOMPATIBLE_STATE"));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Expired.class);
  }

  @Test // the clock passes the end between the signing and the append
  void aRenewalThatIsSignedInTimeAndWrittenTooLateIsRefused() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.faults.before("qos.confirm", () -> world.clock.set(exp.plusMillis(1)));
    assertThat(extend()).isEqualTo(new NotRenewable("TOO_LATE"));
    assertThat(world.session(id)).isEqualTo(session);
    assertThat(world.gate.grants()).isEmpty();
  }

  @Test // L5.17; R-02: durable before the end, delivered after it
  void aRenewalThatIsDeliveredTooLateNeverBringsTheLeaseBack() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.faults.before(
        "gate.applyCommits",
        () -> {
          world.faults.heal("gate.applyCommits");
          world.clock.set(exp.plusMillis(1));
          throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "by the test");
        });
    world.renew.renewLease(world.session(id));
    assertThat(world.session(id).state()).isNotInstanceOf(Active.class);
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(2));
    world.expectNothingHeld();
  }

  @Test
  void renewalsAndARevocationAtTheSameTimeEndWithNothingSteered() throws Exception {
    Together.run(8, number -> number == 3 ? world.ends.end(id, REVOKED) : (Object) extend(), world);
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Revoked.class);
    world.expectNothingHeld();
    assertThat(world.evidence(id)).hasSize((int) world.session(id).version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store.SESSION_EXTENDED",
        "gate.applyCommits",
        "anchor-a.applySERVE",
        "qos.confirm"
      })
  void aRevocationAtAnyStepOfARenewalWins(String point) {
    world.faults.before(
        point,
        () -> {
          world.faults.heal(point);
          world.ends.end(id, REVOKED);
        });
    assertThat(extend()).isEqualTo(new NotRenewable("INCOMPATIBLE_STATE"));
    World.await(() -> world.session(id).terminal());
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Revoked.class);
    assertThat(world.gate.grants()).isEmpty();
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
  }

  @Test
  void noChainOfRenewalsByWhomeverPassesTheMaximum() {
    LeaseTerms terms =
        new LeaseTerms(
            Duration.ofSeconds(20),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            Duration.ofSeconds(2));
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    World small = new World(terms, 10);
    Session paged = small.paged();
    Instant max = paged.facts().expiresAtMax();
    while (small.clock.instant().isBefore(max.plusSeconds(1))) {
      small.clock.advance(Duration.ofMillis(200 + random.nextInt(4_000)));
      if (random.nextBoolean()) {
        small.renew.extend(
            paged.id(), Duration.ofSeconds(10 + random.nextInt(200)), small.call().deadline());
      } else {
        small.renew.renewLease(small.session(paged.id()));
      }
      Session now = small.session(paged.id());
      assertThat(now.expiresAt()).as("seed %d", seed).isBeforeOrEqualTo(max);
      assertThat(small.gate.steeredUntil(paged.id())).as("seed %d", seed).isBeforeOrEqualTo(max);
    }
    assertThat(small.gate.grants()).as("seed %d", seed).isEmpty();
  }

  @Test
  void theEndOfADrainDoesNotKeepARenewalFromBeingDelivered() {
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
    world.faults.before(
        "anchor-b.applySERVE",
        () -> {
          world.faults.heal("anchor-b.applySERVE");
          endDrain();
          throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "by the test");
        });
    world.faults.forgetCalls();
    world.renew.renewLease(world.session(id));
    assertThat(world.faults.calls().stream().filter("anchor-b.applySERVE"::equals)).hasSize(2);
    assertThat(world.gate.steeredUntil(id))
        .isEqualTo(world.session(id).state().live().getFirst().expiresAt());
  }

  @Test
  void aRenewalWhoseAnchorIsGoneDoesNotEndASessionThatSomebodyIsMoving() throws Exception {
    CountDownLatch moving = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Instant cutoff = world.terms.cutoff(session.state().live().getFirst().expiresAt());
    world.faults.before(
        "anchor-b.createHold",
        () -> {
          moving.countDown();
          awaitQuietly(go);
        });
    FutureTask<RelocationOutcome> move =
        new FutureTask<>(() -> world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", cutoff));
    world.faults.before(
        "anchor-a.applySERVE",
        () -> {
          if (!world.clock.instant().plusSeconds(1).isBefore(cutoff) && go.getCount() > 0) {
            Thread.ofVirtual().start(move); // at the renewal's last try
            awaitQuietly(moving);
          }
          throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "by the test");
        });
    Thread renewal = Thread.ofVirtual().start(() -> world.renew.renewLease(world.session(id)));
    awaitQuietly(moving);
    World.await(() -> renewal.getState() == Thread.State.TIMED_WAITING || !renewal.isAlive());
    go.countDown();
    assertThat(move.get(5, TimeUnit.SECONDS)).isInstanceOf(RelocationOutcome.Moved.class);
    assertThat(renewal.join(Duration.ofSeconds(5))).isTrue();
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endDrain() {
    try {
      var _ = world.drains.endDrain(world.session(id), "TEST");
    } catch (io.aipaging.aipf.lease.NotAppended e) {
      throw new AssertionError(e);
    }
  }

  private RenewalOutcome extend() {
    return world.renew.extend(id, null, world.call().deadline());
  }

  @Test
  void extendingAndRenewingAtTheSameTimeLeavesOneNewestCommitEverywhere() throws Exception {
    Together.run(
        8,
        number -> number % 2 == 0 ? world.renew.renewLease(world.session(id)) : (Object) extend(),
        world);
    Session now = world.session(id);
    assertThat(now.state()).isInstanceOf(Active.class);
    assertThat(world.gate.grants()).hasSize(1);
    assertThat(world.gate.grants().iterator().next().gen()).isEqualTo(now.gen());
    assertThat(extend()).isInstanceOf(Renewed.class);
  }
}
