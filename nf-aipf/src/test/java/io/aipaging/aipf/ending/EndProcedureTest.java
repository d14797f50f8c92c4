package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.EvidenceRecord;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lease-protocol §5, Release / revoke and Expire. */
class EndProcedureTest {
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();

  @Test
  void aReleaseRemovesSteeringThenAnchorThenQos() {
    world.faults.forgetCalls();
    Session released = end(EndReason.RELEASED_BY_CLIENT);
    assertThat(released.state()).isInstanceOf(SessionState.Released.class);
    assertThat(world.faults.calls())
        .containsExactly("gate.applyCommits", "anchor-a.applyEND", "qos.delete");
    world.expectNothingHeld();
    assertThat(world.evidenceTypes(id)).endsWith("SESSION_ENDING", "SESSION_RELEASED");
  }

  @Test
  void theSignedEndIsDurableBeforeAnythingIsRemoved() {
    world.faults.before(
        "gate.applyCommits",
        () -> {
          SessionState.Ending ending = (SessionState.Ending) world.session(id).state();
          assertThat(ending.end().commit().role()).isEqualTo(CommitRole.END);
          assertThat(ending.end().commit().endScope()).isEqualTo(EndScope.SESSION);
        });
    end(EndReason.RELEASED_BY_CLIENT);
    assertThat(world.session(id).terminal()).isTrue();
  }

  @Test
  void repeatingAReleaseChangesNothing() {
    Session released = end(EndReason.RELEASED_BY_CLIENT);
    world.faults.forgetCalls();
    assertThat(end(EndReason.RELEASED_BY_CLIENT)).isEqualTo(released);
    assertThat(world.faults.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RELEASED_BY_CLIENT, RELEASED",
    "REVOKED_BY_OPERATOR, REVOKED",
    "REVOKED_BY_POLICY, REVOKED",
    "NETWORK_TERMINATED, REVOKED",
    "ANCHOR_LOST, REVOKED"
  })
  void everyReasonHasItsTerminalState(EndReason reason, String state) {
    assertThat(end(reason).state().name()).isEqualTo(state);
    EvidenceRecord last = world.evidence(id).getLast();
    assertThat(last.reason()).isEqualTo(reason.name());
    assertThat(last.to()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate.applyCommits", "anchor-a.applyEND", "qos.delete"})
  void whatCannotBeReachedIsRetriedAndStaysVisible(String point) {
    world.faults.refuse(point, 504, "TARGET_NF_NOT_REACHABLE");
    assertThat(end(EndReason.RELEASED_BY_CLIENT).state()).isInstanceOf(SessionState.Ending.class);
    world.upkeepUntil(
        () -> world.faults.calls().stream().filter(point::equals).count() > 2,
        Duration.ofSeconds(25));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Ending.class);
    world.faults.heal(point);
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(1));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Released.class);
    world.expectNothingHeld();
  }

  @Test
  void anUnreachableGateDoesNotKeepAnchorAndQosFromBeingFreed() {
    world.faults.refuse("gate.applyCommits", 504, "TARGET_NF_NOT_REACHABLE");
    end(EndReason.RELEASED_BY_CLIENT);
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
    assertThat(world.qos.bindings()).isEmpty();
  }

  @Test
  void aRowIsNeverForgottenWhileTheCoreStillHoldsItsBinding() {
    world.faults.refuse("qos.delete", 504, "TARGET_NF_NOT_REACHABLE");
    end(EndReason.RELEASED_BY_CLIENT);
    world.upkeepUntil(
        () -> world.faults.calls().stream().filter("qos.delete"::equals).count() > 6,
        Duration.ofMinutes(10));
    world.store.compact(world.clock.instant().plus(Duration.ofDays(1)));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Ending.class);
  }

  @Test // L1.6: nobody can be asked, so only time tells that nothing is left
  void aSessionWhoseAnchorLeftTheCatalogueStaysEndingUntilItsCommitIsOver() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.anchors.remove("anchor-a");
    end(EndReason.RELEASED_BY_CLIENT);
    world.upkeepUntil(
        () -> world.clock.instant().isAfter(exp.minusSeconds(1)), Duration.ofMinutes(1));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Ending.class);
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(1));
    assertThat(world.clock.instant()).isAfterOrEqualTo(world.terms.over(exp));
    assertThat(world.qos.bindings()).isEmpty();
  }

  @Test
  void retriesBackOff() {
    world.faults.refuse("qos.delete", 504, "TARGET_NF_NOT_REACHABLE");
    end(EndReason.RELEASED_BY_CLIENT);
    Instant began = world.clock.instant();
    world.upkeepUntil(
        () -> world.clock.instant().isAfter(began.plus(Duration.ofMinutes(5))),
        Duration.ofMinutes(6));
    assertThat(world.faults.calls().stream().filter("qos.delete"::equals).count())
        .isBetween(8L, 25L);
  }

  @Test
  void aSessionDuringADrainEndsAtBothAnchors() {
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
    world.faults.forgetCalls();
    end(EndReason.REVOKED_BY_OPERATOR);
    assertThat(world.faults.calls())
        .containsExactly(
            "gate.applyCommits", "anchor-b.applyEND", "anchor-a.applyEND", "qos.delete");
    world.expectNothingHeld();
  }

  @Test
  void expiryStopsTrafficWithoutTheAipfAndFreesSlotAndQosWithIt() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.clock.set(exp);
    assertThat(world.gate.grants()).isEmpty();
    world.faults.forgetCalls();
    world.clock.set(exp.plus(world.terms.skewBound()));
    world.alarm().ring();
    world.settle();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Expired.class);
    assertThat(world.faults.calls()).containsExactly("qos.delete"); // nobody else has anything left
    world.expectNothingHeld();
  }

  @Test // ADR 20
  void whatHasExpiredIsEndedInOneWriteOnceItsQosIsGone() {
    List<String> written = new ArrayList<>();
    world.faults.before(
        "store.SESSION_ENDING+SESSION_EXPIRED",
        () -> written.add(world.qos.bindings().isEmpty() ? "without QoS" : "with QoS"));
    expire();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Expired.class);
    assertThat(written).containsExactly("without QoS");
    assertThat(world.evidence(id))
        .extracting(EvidenceRecord::type)
        .endsWith("SESSION_ENDING", "SESSION_EXPIRED");
  }

  @Test // ADR 20
  void whatHasExpiredIsEndingAsLongAsItsQosCannotBeLetGo() {
    world.faults.refuse("qos.delete", 504, "TARGET_NF_NOT_REACHABLE");
    expire();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Ending.class);
    world.faults.heal();
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(1));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Expired.class);
    world.expectNothingHeld();
  }

  private void expire() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.clock.set(exp.plus(world.terms.skewBound()));
    world.alarm().ring();
    world.settle();
  }

  @Test
  void nothingExpiresBeforeItsTime() {
    assertThat(end(EndReason.EXPIRED)).isEqualTo(session);
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Active.class);
  }

  @Test
  void aFlowIsFreeAgainWhenItsSessionIsOver() {
    end(EndReason.RELEASED_BY_CLIENT);
    assertThat(world.paged().id()).isNotEqualTo(id);
  }

  @Test
  void anEndedSessionHasNoTokenAnyMore() {
    assertThat(end(EndReason.RELEASED_BY_CLIENT).token()).isNull();
  }

  @Test
  void anUnknownSessionIsUnknown() {
    assertThat(
            world.ends.end(
                new SessionId("nobody-knows"), new EndCause(EndReason.RELEASED_BY_CLIENT, "X")))
        .isEmpty();
  }

  @RepeatedTest(20)
  void releaseRenewExpireAndMoveAtTheSameInstantHaveOneWinnerAndNothingSteeredAfterwards()
      throws Exception {
    world.clock.advance(Duration.ofSeconds(15));
    List<Runnable> rivals =
        List.of(
            () -> end(EndReason.RELEASED_BY_CLIENT),
            () -> end(EndReason.REVOKED_BY_OPERATOR),
            () -> world.renew.renewLease(world.session(id)),
            () -> world.renew.extend(id, null, world.call().deadline()),
            () -> world.relocation.relocate(id, Wish.ANY, "TEST", world.call().deadline()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      rivals.forEach(threads::execute);
    }
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(2));
    world.clock.advance(world.terms.holdTtl());
    world.expectNothingHeld();
    assertThat(world.evidence(id).stream().filter(record -> record.type().equals("SESSION_ENDING")))
        .hasSize(1);
  }

  private Session end(EndReason reason) {
    return world.ends.end(id, new EndCause(reason, "TEST")).orElseThrow();
  }
}
