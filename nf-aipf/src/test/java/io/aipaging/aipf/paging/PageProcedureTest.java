package io.aipaging.aipf.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.aipf.paging.PageOutcome.Obstacle;
import io.aipaging.aipf.paging.PageOutcome.Paged;
import io.aipaging.aipf.paging.PageOutcome.Rejected;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.FakeGate;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.Aist;
import io.aipaging.protocol.AistVerifier;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.EvidenceRecord;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Page. */
class PageProcedureTest {
  private final World world = new World();

  @Test // L5.3
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

  @Test // L2.8
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

  @Test // L7.5
  void evidenceTellsNothingOfTheSubscriberNorOfWhatWasAsked() {
    Session session = world.paged();
    world.relocation.relocate(session.id(), Wish.ANY, "TEST", world.call().deadline());
    world.ends.end(session.id(), new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    List<String> evidence = world.store.evidence(session.id(), 1, 100);
    assertThat(evidence).hasSizeGreaterThan(6);
    SessionFacts.Subscriber subscriber = session.facts().subscriber();
    assertThat(evidence)
        .allMatch(record -> record.contains("\"subject\""))
        .noneMatch(record -> record.contains(subscriber.ue().toString()))
        .noneMatch(record -> record.contains(subscriber.supi()))
        .noneMatch(record -> record.contains("embed my notes"))
        .noneMatch(record -> record.contains(session.token().jws()));
  }

  @Test // L5.2
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

  @Test // L5.1
  void preparingIsDurableWithItsBindingReferenceBeforeTheCoreIsAsked() {
    world.faults.before(
        "qos.create",
        () -> {
          assertThat(world.only().state()).isInstanceOf(SessionState.Preparing.class);
          assertThat(world.only().facts().bindingRef()).isEqualTo(world.only().id().value());
        });
    world.paged();
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

  @Test // L5.7
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

  @Test // L0.1
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
}
