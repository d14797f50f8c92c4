package io.aipaging.aipf.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.paging.PageOutcome.Rejected;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EvidenceRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lease-protocol §5, Page: what is undone, and in which order. */
class PageFailureTest {
  private final World world = new World();

  @ParameterizedTest // L1.6, L5.8
  @CsvSource({
    "qos.create, 403, QOS_REJECTED, QOS_",
    "anchor-a.applySERVE, 409, ADMISSION_REJECTED, POST_",
    "anchor-a.applySERVE, 504, ADMISSION_REJECTED, POST_",
    "gate.applyCommits, 500, ADMISSION_REJECTED, STEERING_",
    "gate.applyCommits, 504, ADMISSION_REJECTED, STEERING_",
    "qos.confirm, 404, QOS_REJECTED, CONFIRM_",
    "gate.probeSTEERED, 504, ANCHOR_LOST, PROBE_",
  })
  void aFailureAtAnyStepLeavesNothingBehindAndTheEvidenceSaysWhy(
      String point, int status, String reason, String trigger) {
    world.demanding(Demand.REQUIRED);
    if (point.equals("gate.applyCommits")) {
      failOnce(point, status);
    } else {
      world.faults.refuse(point, status, "BY_THE_TEST");
    }

    PageOutcome outcome = world.page("10.45.0.2");

    assertThat(outcome).isInstanceOf(Rejected.class);
    world.expectNothingHeld();
    Session rejected = world.only();
    assertThat(rejected.state()).isInstanceOf(SessionState.Rejected.class);
    assertThat(rejected.token()).isNull();
    EvidenceRecord last = world.evidence(rejected.id()).getLast();
    assertThat(last.type()).isEqualTo("SESSION_REJECTED");
    assertThat(last.reason()).isEqualTo(reason);
    assertThat(last.trigger()).isEqualTo(trigger + "BY_THE_TEST");
  }

  private void failOnce(String point, int status) {
    world.faults.before(
        point,
        () -> {
          world.faults.heal(point);
          throw io.aipaging.openapi.Refusal.of(status, "BY_THE_TEST", "once");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "qos.create",
    "qos.confirm",
    "anchor-a.createHold",
    "anchor-a.applySERVE",
    "gate.applyCommits",
    "gate.probeSTEERED"
  })
  void anAnswerThatIsLostLeavesNothingBehindEither(String point) {
    world.demanding(Demand.REQUIRED);
    world.faults.loseAnswer(point);
    PageOutcome outcome = world.page("10.45.0.2");
    world.faults.heal(point);

    if (outcome instanceof Rejected(Session session, var _)) {
      world.upkeepUntil(() -> world.session(session.id()).terminal(), Duration.ofSeconds(60));
      world.expectNothingHeld();
    } else {
      assertThat(point).isEqualTo("anchor-a.createHold");
      assertThat(world.gate.serving(((Paged) outcome).session().id())).containsExactly("anchor-b");
      World.await(() -> world.anchors.get("anchor-a").slotsHeld() == 0);
      assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
    }
  }

  @Test // L4.3
  void theEndIsSignedAndDurableBeforeAnythingIsRemoved() {
    world.faults.refuse("gate.probeSTEERED", 504, "X");
    world.faults.before(
        "anchor-a.applyEND",
        () -> {
          SessionState.Ending ending = (SessionState.Ending) world.only().state();
          assertThat(ending.end().commit().role()).isEqualTo(CommitRole.END);
          assertThat(world.only().gen()).isEqualTo(2);
        });
    world.page("10.45.0.2");
    assertThat(world.faults.calls()).contains("anchor-a.applyEND");
    world.expectNothingHeld();
  }

  @Test // L5.5
  void compensationRunsInReverseOrder() {
    world.faults.refuse("gate.probeSTEERED", 504, "X");
    world.page("10.45.0.2");
    List<String> calls = world.faults.calls();
    List<String> undoing = calls.subList(calls.indexOf("gate.probeSTEERED") + 1, calls.size());
    assertThat(undoing).containsExactly("gate.applyCommits", "anchor-a.applyEND", "qos.delete");
  }

  @Test // L5.29
  void whatCannotBeUndoneStaysVisibleAsEndingAndIsRetried() {
    world.faults.refuse("gate.probeSTEERED", 504, "X");
    world.faults.refuse("qos.delete", 504, "TARGET_NF_NOT_REACHABLE");
    Rejected rejected = (Rejected) world.page("10.45.0.2");

    assertThat(rejected.session().state()).isInstanceOf(SessionState.Ending.class);
    assertThat(world.gate.grants()).isEmpty();
    world.upkeepUntil(
        () -> world.faults.calls().stream().filter("qos.delete"::equals).count() > 2,
        Duration.ofMinutes(1));
    assertThat(world.only().state()).isInstanceOf(SessionState.Ending.class);

    world.faults.heal("qos.delete");
    world.upkeepUntil(() -> world.only().terminal(), Duration.ofMinutes(2));
    assertThat(world.only().state()).isInstanceOf(SessionState.Rejected.class);
    world.expectNothingHeld();
  }

  @ParameterizedTest // L5.4
  @CsvSource({"qos.create", "anchor-a.createHold", "anchor-a.applySERVE", "gate.probeSTEERED"})
  void aDeadlineThatPassesReleasesEverything(String slow) {
    world.demanding(Demand.REQUIRED);
    world.faults.before(slow, () -> world.clock.advance(Duration.ofSeconds(6)));
    Rejected rejected = (Rejected) world.page("10.45.0.2");
    assertThat(rejected.cause().reason()).isEqualTo(EndReason.DEADLINE_EXCEEDED);
    world.faults.heal(slow);
    World.await(() -> world.only().terminal());
    assertThat(world.evidence(rejected.session().id()).getLast().reason())
        .isEqualTo("DEADLINE_EXCEEDED");
    world.clock.advance(world.terms.holdTtl());
    world.expectNothingHeld();
  }

  @Test // L5.4
  void aPeerThatHangsIsNotWaitedForBeyondTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    world.faults.before(
        "anchor-a.applySERVE",
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Call call = Call.within("nef-1", world.clock.instant(), Duration.ofMillis(300));
    long began = System.nanoTime();
    PageOutcome outcome = world.pages.page(call, World.request("10.45.0.2"));
    assertThat(outcome).isInstanceOf(Rejected.class);
    assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(5).toNanos());
    assertThat(world.gate.grants()).isEmpty();
  }

  @Test
  void aPageWhoseDeadlineHasPassedDoesNotBegin() {
    Call call = Call.within("nef-1", world.clock.instant().minusSeconds(1), Duration.ZERO);
    PageOutcome outcome = world.pages.page(call, World.request("10.45.0.2"));
    assertThat(((NotBegun) outcome).obstacle()).isEqualTo(Obstacle.TIMED_OUT_REQUEST);
    assertThat(world.store.list(io.aipaging.aipf.lease.SessionQuery.ALL, 10, null).sessions())
        .isEmpty();
  }

  @Test
  void aSessionReleasedWhileItIsPreparedLeavesNothingBehind() {
    world.faults.before(
        "gate.probeSTEERED",
        () -> {
          world.faults.heal("gate.probeSTEERED");
          world.ends.end(
              world.only().id(),
              new io.aipaging.aipf.lease.EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE"));
        });
    PageOutcome outcome = world.page("10.45.0.2");
    assertThat(((Rejected) outcome).cause().reason()).isEqualTo(EndReason.RELEASED_BY_CLIENT);
    World.await(() -> world.only().terminal());
    world.expectNothingHeld();
  }
}
