package io.aipaging.aipf.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.QosTerms.Demand;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.renewal.RenewalOutcome.NotRenewable;
import io.aipaging.aipf.renewal.RenewalOutcome.QosNotExtended;
import io.aipaging.aipf.renewal.RenewalOutcome.Renewed;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Renew. */
class RenewProcedureTest {
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();

  @Test // L2.14
  void theClientExtendsItsSessionAndGetsANewToken() {
    world.clock.advance(Duration.ofSeconds(10));
    Session renewed = ((Renewed) extend(Duration.ofMinutes(20))).session();
    assertThat(renewed.expiresAt()).isEqualTo(world.clock.instant().plus(Duration.ofMinutes(20)));
    assertThat(renewed.token().aist().jti()).isNotEqualTo(session.token().aist().jti());
    assertThat(renewed.token().aist().expiresAt()).isAfter(session.token().aist().expiresAt());
    assertThat(renewed.token().aist().expiresAt())
        .isEqualTo(renewed.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    assertThat(world.gate.steeredUntil(id))
        .isEqualTo(world.clock.instant().plus(world.terms.leaseTerm()));
    assertThat(renewed.gen()).isEqualTo(2);
    assertThat(world.evidenceTypes(id)).endsWith("SESSION_EXTENDED");
  }

  @Test
  void theNativeExpiryAtTheCoreFollowsTheSession() {
    extend(Duration.ofMinutes(30));
    assertThat(world.qos.bindings().get(session.facts().bindingRef()).expiresAt())
        .isEqualTo(world.session(id).expiresAt());
  }

  @Test
  void renewalNeverShortens() {
    Session renewed = ((Renewed) extend(Duration.ofSeconds(10))).session();
    assertThat(renewed.expiresAt()).isEqualTo(session.expiresAt());
  }

  @Test // L5.10
  void noChainOfRenewalsExceedsTheMaximum() {
    LeaseTerms terms =
        new LeaseTerms(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(250),
            Duration.ofMillis(250),
            Duration.ofSeconds(2));
    World small = new World(terms, 10);
    Session paged = small.paged();
    for (int i = 0; i < 8; i++) {
      small.clock.advance(Duration.ofSeconds(5));
      small.renew.extend(paged.id(), Duration.ofSeconds(40), small.call().deadline());
      assertThat(small.session(paged.id()).expiresAt())
          .isBeforeOrEqualTo(paged.facts().expiresAtMax());
    }
    assertThat(small.session(paged.id()).expiresAt()).isEqualTo(paged.facts().expiresAtMax());
  }

  @Test // L5.17
  void aLeaseTooNearItsEndIsRefusedAndNeverComesBack() {
    Instant exp = session.state().live().getFirst().expiresAt();
    for (Instant late : new Instant[] {world.terms.cutoff(exp), exp.minusMillis(1), exp}) {
      world.clock.set(late);
      assertThat(extend(null)).isEqualTo(new NotRenewable("TOO_LATE"));
      world.renew.renewLease(world.session(id));
      assertThat(world.session(id)).isEqualTo(session);
    }
    world.clock.set(exp.plusMillis(1));
    assertThat(extend(null)).isInstanceOf(NotRenewable.class);
    assertThat(world.gate.grants()).isEmpty();
  }

  @Test // §5 Renew, R-08: a lease never comes back, also when the AIPF sleeps in mid-renewal
  void aRenewalThatSleptPastTheOldEndIsNotDelivered() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.faults.after("store.LEASE_RENEWED", () -> world.clock.set(exp.plusSeconds(1)));
    world.clock.advance(Duration.ofSeconds(15));
    world.faults.forgetCalls();
    world.renew.renewLease(world.session(id));
    assertThat(world.faults.calls()).noneMatch(call -> call.equals("anchor-a.applySERVE"));
    assertThat(world.gate.grants()).isEmpty();
    assertThat(((SessionState.Revoked) world.session(id).state()).cause().reason())
        .isEqualTo(EndReason.NETWORK_TERMINATED);
  }

  @Test // nobody was unreachable: whoever was to deliver it slept
  void aRenewalThatSleptPastItsOwnEndHasExpired() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.faults.after(
        "store.LEASE_RENEWED", () -> world.clock.set(exp.plus(world.terms.leaseTerm())));
    world.clock.advance(Duration.ofSeconds(15));
    world.renew.renewLease(world.session(id));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Expired.class);
    assertThat(world.gate.grants()).isEmpty();
  }

  @Test
  void aLeaseThatRunsOutWhileTheCoreIsAskedIsNotExtended() {
    Instant exp = session.state().live().getFirst().expiresAt();
    World slow = new World().demanding(Demand.PREFERRED);
    Session paged = slow.paged();
    for (Duration past : List.of(Duration.ZERO, Duration.ofMinutes(20), Duration.ofHours(30))) {
      slow.faults.after("qos.confirm", () -> slow.clock.set(slow.terms.cutoff(exp).plus(past)));
      assertThat(slow.renew.extend(paged.id(), null, slow.call().deadline()))
          .isEqualTo(new NotRenewable("TOO_LATE"));
      assertThat(slow.session(paged.id())).isEqualTo(paged);
    }
  }

  @Test
  void justBeforeTheCutoffItIsRenewed() {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.clock.set(world.terms.cutoff(exp).minusMillis(1));
    assertThat(extend(null)).isInstanceOf(Renewed.class);
  }

  @Test // L5.11
  void leasesAreRenewedAtHalfLifeWithoutTouchingTheCore() {
    world.faults.forgetCalls();
    Instant paged = world.clock.instant();
    world.upkeepUntil(() -> world.session(id).gen() == 2, Duration.ofSeconds(20));
    Duration life = Duration.between(paged, world.clock.instant());
    assertThat(life).isBetween(Duration.ofMillis(11_900), Duration.ofMillis(18_100));
    world.upkeepUntil(() -> world.session(id).gen() == 4, Duration.ofSeconds(60));
    assertThat(world.faults.calls()).noneMatch(call -> call.startsWith("qos."));
    assertThat(world.session(id).expiresAt()).isEqualTo(session.expiresAt());
    assertThat(world.gate.steeredUntil(id)).isAfter(paged.plus(world.terms.leaseTerm()));
  }

  @Test // L5.32
  void theSessionRunsOutAtItsOwnEndWhateverIsRenewed() {
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(11));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Expired.class);
    assertThat(world.clock.instant())
        .isBetween(session.expiresAt(), session.expiresAt().plusSeconds(1));
    world.expectNothingHeld();
  }

  @Test // L5.13
  void theCommitIsDurableBeforeAnyEnforcerGetsIt() {
    world.faults.before(
        "gate.applyCommits", () -> assertThat(world.session(id).gen()).isEqualTo(2));
    world.faults.before(
        "anchor-a.applySERVE", () -> assertThat(world.session(id).gen()).isEqualTo(2));
    extend(null);
    assertThat(world.session(id).gen()).isEqualTo(2);
  }

  @Test // L5.14
  void deliveryIsRetriedUntilTheOldCommitIsTooNearItsEnd() {
    int[] failures = {5};
    world.faults.before(
        "gate.applyCommits",
        () -> {
          if (failures[0]-- > 0) {
            throw io.aipaging.openapi.Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "x");
          }
        });
    assertThat(extend(null)).isInstanceOf(Renewed.class);
    assertThat(world.gate.steeredUntil(id))
        .isEqualTo(world.session(id).state().live().getFirst().expiresAt());
  }

  @Test // L5.15
  void aGateThatCannotBeReachedEndsTheSession() {
    world.faults.refuse("gate.applyCommits", 504, "TARGET_NF_NOT_REACHABLE");
    assertThat(extend(null)).isInstanceOf(NotRenewable.class);
    SessionState.Ending ending = (SessionState.Ending) world.session(id).state();
    assertThat(ending.cause().trigger()).isEqualTo("GATE_UNREACHABLE");
    Instant oldExp = session.state().live().getFirst().expiresAt();
    assertThat(world.clock.instant()).isBefore(oldExp);
    assertThat(world.gate.steeredUntil(id)).isEqualTo(oldExp);
  }

  @Test // L5.29
  void anEndingWhoseGateStaysAwayIsFinishedWhenEverythingHasExpired() {
    world.faults.refuse("gate.applyCommits", 504, "TARGET_NF_NOT_REACHABLE");
    try {
      extend(null);
    } catch (Refusal late) { // the client's deadline may come before the last attempt
      assertThat(late.problemCause()).isEqualTo("TIMED_OUT_REQUEST");
    }
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofMinutes(3));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Revoked.class);
    world.expectNothingHeld();
  }

  @Test // L5.16
  void anAnchorThatAloneCannotBeReachedIsLeftForAnother() {
    world.faults.refuse("anchor-a.applySERVE", 504, "TARGET_NF_NOT_REACHABLE");
    world.renew.renewLease(world.session(id));
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
    assertThat(((Active) world.session(id).state()).serving().anchor().id()).isEqualTo("anchor-b");
  }

  @Test // L5.16
  void anAnchorThatCannotBeReachedAndHasNoSuccessorEndsTheSession() {
    world.faults.refuse("anchor-a.applySERVE", 504, "TARGET_NF_NOT_REACHABLE");
    world.anchors.keySet().stream()
        .filter(anchor -> !anchor.equals("anchor-a"))
        .forEach(anchor -> world.faults.refuse(anchor + ".createHold", 503, "FULL"));
    world.renew.renewLease(world.session(id));
    SessionState.Revoked revoked = (SessionState.Revoked) world.session(id).state();
    assertThat(revoked.cause().reason()).isEqualTo(EndReason.ANCHOR_LOST);
    world.expectNothingHeld();
  }

  @Test
  void requiredQosThatIsNotExtendedRefusesTheRenewalAndChangesNothing() {
    World strict = new World().demanding(Demand.REQUIRED);
    Session paged = strict.paged();
    strict.faults.refuse("qos.confirm", 404, "BINDING_NOT_FOUND");
    assertThat(strict.renew.extend(paged.id(), null, strict.call().deadline()))
        .isEqualTo(new QosNotExtended(404, "BINDING_NOT_FOUND"));
    assertThat(strict.session(paged.id())).isEqualTo(paged);
  }

  @Test
  void preferredQosThatIsNotExtendedIsRecorded() {
    world.faults.refuse("qos.confirm", 404, "BINDING_NOT_FOUND");
    Session renewed = ((Renewed) extend(null)).session();
    assertThat(renewed.qos()).isEqualTo(QosStanding.refused("BINDING_NOT_FOUND"));
  }

  @Test
  void aRenewalThatMeetsAReleaseLoses() {
    world.faults.before(
        "qos.confirm",
        () -> world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE")));
    assertThat(extend(null)).isEqualTo(new NotRenewable("INCOMPATIBLE_STATE"));
    world.settle();
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Released.class);
    assertThat(world.gate.grants()).isEmpty();
  }

  @Test
  void aReleaseThatOvertakesADurableRenewalWins() {
    world.faults.before(
        "gate.applyCommits",
        () -> {
          world.faults.heal("gate.applyCommits");
          world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "DELETE"));
        });
    assertThat(extend(null)).isEqualTo(new NotRenewable("INCOMPATIBLE_STATE"));
    assertThat(world.session(id).state()).isInstanceOf(SessionState.Released.class);
    assertThat(world.gate.grants()).isEmpty();
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
  }

  @Test
  void aRenewalDuringAMoveWaitsForItsEnd() throws Exception {
    CountDownLatch moving = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    world.faults.before(
        "gate.probeREACHABLE",
        () -> {
          moving.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    FutureTask<Object> move =
        new FutureTask<>(
            () -> world.relocation.relocate(id, Wish.ANY, "TEST", world.call().deadline()));
    Thread.ofVirtual().start(move);
    assertThat(moving.await(5, TimeUnit.SECONDS)).isTrue();
    FutureTask<RenewalOutcome> renewal = new FutureTask<>(() -> extend(null));
    Thread.ofVirtual().start(renewal);
    go.countDown();
    assertThat(renewal.get(5, TimeUnit.SECONDS)).isInstanceOf(Renewed.class);
    assertThat(world.gate.serving(id)).containsExactly("anchor-b");
  }

  @Test
  void anUnknownSessionIsUnknown() {
    assertThat(world.renew.extend(new SessionId("nobody-knows"), null, world.call().deadline()))
        .isEqualTo(new RenewalOutcome.Unknown());
  }

  private RenewalOutcome extend(Duration length) {
    return world.renew.extend(id, length, world.call().deadline());
  }
}
