package io.aipaging.aipf.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.paging.PageOutcome.Rejected;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistVerifier;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.EvidenceRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lease-protocol §5, Page. */
class PageProcedureTest {
  private final World world = new World();

  @Test
  void aPageSteersAdmitsBindsQosAndHandsOutAToken() throws Exception {
    Session session = world.paged();

    assertThat(session.state()).isInstanceOf(SessionState.Active.class);
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-a");
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isEqualTo(1);
    assertThat(world.qos.bindings().get(session.facts().bindingRef()).state())
        .isEqualTo("CONFIRMED");
    assertThat(session.qos().status()).isEqualTo(QosStanding.Status.CONFIRMED);
    Aist aist =
        new AistVerifier(world.published, World.SET, Duration.ZERO)
            .verify(session.token().jws(), world.clock.instant());
    assertThat(aist.session()).isEqualTo(session.id());
    assertThat(aist.clientId()).isEqualTo("af-1");
    assertThat(aist.expiresAt()).isEqualTo(session.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    assertThat(aist.confirmation()).isInstanceOf(Confirmation.UeAddressHash.class);
  }

  @Test
  void theFirstCommitKeepsToTheProtocolsTimesAndNamesBothEnforcers() {
    Session session = world.paged();
    Commit commit = session.state().live().getFirst().commit().commit();

    assertThat(commit.gen()).isEqualTo(1);
    assertThat(commit.role()).isEqualTo(CommitRole.SERVE);
    assertThat(commit.audience()).containsExactly(FakeGate.ID, "agent-anchor-a");
    assertThat(commit.issuedAt()).isEqualTo(world.clock.instant().truncatedTo(ChronoUnit.SECONDS));
    assertThat(commit.notBefore())
        .isBeforeOrEqualTo(commit.issuedAt().minus(world.terms.skewBound()));
    assertThat(commit.notBefore().getNano()).isZero();
    assertThat(commit.expiresAt())
        .isEqualTo(world.clock.instant().plus(world.terms.leaseTerm()))
        .isBefore(session.expiresAt());
    assertThat(commit.qos().bindingRef()).isEqualTo(session.facts().bindingRef());
  }

  @Test
  void everyTransitionOfAPageHasItsEvidence() {
    Session session = world.paged();
    List<EvidenceRecord> evidence = world.evidence(session.id());

    assertThat(evidence)
        .extracting(EvidenceRecord::type)
        .containsExactly("SESSION_PREPARING", "LEASE_COMMITTED", "SESSION_ACTIVE");
    assertThat(evidence.get(1).gen()).isEqualTo(1);
    assertThat(evidence.get(1).from()).isEqualTo("HELD");
    assertThat(evidence.get(1).commitSha256())
        .isEqualTo(session.state().live().getFirst().commit().sha256());
    assertThat(world.store.evidence(session.id(), 1, 10))
        .noneMatch(record -> record.contains("10.45.0.2") || record.contains("imsi"));
  }

  @Test
  void nothingIsSteeredBeforeTheCommitIsDurable() {
    world.faults.before(
        "gate.applyCommits",
        () ->
            assertThat(world.only().state().live())
                .singleElement()
                .isInstanceOf(Lease.Committed.class));
    world.faults.before("anchor-a.applySERVE", () -> assertThat(world.only().gen()).isEqualTo(1));
    world.paged();
  }

  @Test
  void preparingIsDurableWithItsBindingReferenceBeforeTheCoreIsAsked() {
    world.faults.before(
        "qos.create",
        () -> {
          assertThat(world.only().state()).isInstanceOf(SessionState.Preparing.class);
          assertThat(world.only().facts().bindingRef()).isNotEmpty();
        });
    world.paged();
  }

  @ParameterizedTest
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

  @Test
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

  @Test
  void compensationRunsInReverseOrder() {
    world.faults.refuse("gate.probeSTEERED", 504, "X");
    world.page("10.45.0.2");
    List<String> calls = world.faults.calls();
    List<String> undoing = calls.subList(calls.indexOf("gate.probeSTEERED") + 1, calls.size());
    assertThat(undoing).containsExactly("gate.applyCommits", "anchor-a.applyEND", "qos.delete");
  }

  @Test
  void aRefusedHoldGoesToTheNextRankedAnchor() {
    world.faults.refuse("anchor-a.createHold", 503, "INSUFFICIENT_RESOURCES");
    Session session = world.paged();
    assertThat(world.gate.serving(session.id())).containsExactly("anchor-b");
  }

  @Test
  void anchorsAreTriedABoundedNumberOfTimes() {
    world.anchors.keySet().forEach(id -> world.faults.refuse(id + ".createHold", 503, "FULL"));
    PageOutcome outcome = world.page("10.45.0.2");
    assertThat(((Rejected) outcome).cause().reason()).isEqualTo(EndReason.ADMISSION_REJECTED);
    assertThat(((Rejected) outcome).cause().trigger()).isEqualTo("HOLD_FULL");
    assertThat(world.faults.calls().stream().filter(call -> call.endsWith("createHold")))
        .hasSize(3);
    world.expectNothingHeld();
  }

  @Test
  void aRefusedPreferredBindingIsRecordedAndThePageGoesOn() {
    world.faults.refuse("qos.create", 403, "REQUESTED_SERVICE_NOT_AUTHORIZED");
    Session session = world.paged();
    assertThat(session.qos()).isEqualTo(QosStanding.refused("REQUESTED_SERVICE_NOT_AUTHORIZED"));
    Commit commit = session.state().live().getFirst().commit().commit();
    assertThat(commit.qos().bindingRef()).isNull();
    assertThat(world.evidence(session.id()).get(1).trigger()).isEqualTo("QOS_REFUSED");
  }

  @Test
  void aServiceWithoutQosNeverAsksTheCore() {
    world.demanding(Demand.NONE);
    Session session = world.paged();
    assertThat(session.qos()).isEqualTo(QosStanding.NOT_REQUESTED);
    world.ends.end(
        session.id(), new io.aipaging.aipf.lease.EndCause(EndReason.RELEASED_BY_CLIENT, "X"));
    assertThat(world.faults.calls()).noneMatch(call -> call.startsWith("qos."));
  }

  @Test
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

  @ParameterizedTest
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

  @Test
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

  @Test
  void aSecondPageForALiveFlowIsRefused() {
    world.paged();
    assertThat(((NotBegun) world.page("10.45.0.2")).obstacle()).isEqualTo(Obstacle.FLOW_IN_USE);
    assertThat(world.page("10.45.0.3")).isInstanceOf(Paged.class);
  }

  @Test
  void anIntentNobodyUnderstandsBeginsNothing() {
    PageRequest request = World.request("10.45.0.2");
    PageRequest nonsense =
        new PageRequest(
            "af-1",
            request.subscriber(),
            new io.aipaging.openapi.paging.Intent(null, "NONSENSE", null, null, null, null, null),
            null,
            null);
    PageOutcome outcome = world.pages.page(world.call(), nonsense);
    assertThat(((NotBegun) outcome).obstacle()).isEqualTo(Obstacle.INTENT_NOT_RESOLVABLE);
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

  @Test
  void theStagesOfASuccessfulPageAreMeasured() {
    world.paged();
    assertThat(world.stages)
        .containsExactlyInAnyOrder(
            Stage.RESOLVE, Stage.PREPARE, Stage.SIGN, Stage.STORE, Stage.INSTALL);
  }

  @Test
  void aFullStoreRefusesAndKeepsWhatItHas() {
    World small = new World(world.terms, 1);
    small.paged();
    assertThat(((NotBegun) small.page("10.45.0.3")).obstacle())
        .isEqualTo(Obstacle.INSUFFICIENT_RESOURCES);
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
