package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteeringServiceFailureTest extends SteeringServiceScenario {
  @Test // L6.4
  void whatTookLongerThanTheMarginTwiceIsRemovedAgain() {
    slowTwice();

    assertRefused(() -> apply(serve("lease-aa", 1)), 500, "STEERING_FAILURE");

    assertThat(driver.live()).isEmpty();
    assertThat(grants()).isEmpty();
    apply(serve("lease-aa", 1));
    assertThat(driver.live()).hasSize(1);
  }

  @Test
  void aSlowSwitchGoesBackToTheOldAnchor() {
    apply(serve("lease-aa", 1));
    Grant old = driver.last().carried().getFirst().grant();
    slowTwice();

    assertRefused(
        () -> apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN)),
        500,
        "STEERING_FAILURE");

    assertThat(driver.last().carried())
        .singleElement()
        .satisfies(
            carried -> {
              assertThat(carried.grant()).isEqualTo(old);
              assertThat(carried.takesNew()).isTrue();
            });
    assertThat(grants()).extracting(EnforcedLease::role).containsExactly("serve");
  }

  @Test
  void whereUndoingIsSlowTooTheSessionEndsAtTheGate() {
    apply(serve("lease-aa", 1));
    driver.delayNext(MARGIN.plusMillis(1));
    driver.delayNext(MARGIN.plusMillis(1));

    assertRefused(() -> apply(serve("lease-aa", 2)), 500, "STEERING_FAILURE");

    assertThat(driver.live()).isEmpty();
    assertThat(grants()).isEmpty();
  }

  /** L1.1: a revocation stops a reachable enforcer at once. */
  @Test
  void anEndRemovesWhatCouldNotBeUndone() {
    driver.failNextUncertainly();
    driver.failAfterNext(2);
    assertRefused(() -> apply(serve("lease-aa", 1)), 500, "STEERING_FAILURE");
    assertThat(driver.live()).as("what nobody could take back").hasSize(1);

    apply(serve("lease-aa", 2).ending(EndScope.SESSION));

    assertThat(driver.live()).isEmpty();
  }

  /** A kernel's timeout counts from the installation, so it ends a little after the plan. */
  @Test
  void anEndRightAfterTheDeadlineStillTakesAwayWhatTheKernelCarries() {
    driver.delayNext(MARGIN);
    apply(serve("lease-aa", 1));
    clock.advance(TERM.minus(MARGIN).minusMillis(1));

    apply(serve("lease-aa", 2).ending(EndScope.SESSION));

    assertThat(driver.live()).isEmpty();
  }

  @Test
  void aFailedStepChangesNothingAndMayBeRepeated() {
    apply(serve("lease-aa", 1));
    driver.failNext();

    assertRefused(() -> apply(serve("lease-aa", 2)), 500, "STEERING_FAILURE");

    assertThat(grants()).extracting(EnforcedLease::gen).containsExactly(1L);
    apply(serve("lease-aa", 2));
  }

  @Test // L3.8
  void whatCannotBeRememberedIsNotCarried() {
    apply(serve("lease-aa", 1).of("session-9").flow(udp()));
    journal.failing(true);

    assertRefused(() -> apply(serve("lease-bb", 1)), 500, "STEERING_FAILURE");

    assertThat(grants()).extracting(EnforcedLease::leaseId).containsExactly("lease-aa");
    assertThat(driver.live()).hasSize(1);
  }

  @Test
  void anEndThatCannotBeRememberedStillStopsPackets() {
    apply(serve("lease-aa", 1));
    journal.failing(true);

    assertRefused(
        () -> apply(serve("lease-aa", 2).ending(EndScope.LEASE)), 500, "STEERING_FAILURE");

    assertThat(driver.live()).isEmpty();
    assertThat(grants()).isEmpty();
  }

  @Test // L6.6
  void whileClocksDisagreeNothingIsGrantedAndEndsAreObeyed() {
    apply(serve("lease-aa", 1));
    clock.step(MARGIN.plusMillis(1));

    assertRefused(() -> apply(serve("lease-aa", 2)), 500, "STEERING_FAILURE");
    apply(serve("lease-aa", 3).ending(EndScope.LEASE));
    assertThat(driver.live()).isEmpty();

    clock.step(MARGIN.negated());
    apply(serve("lease-bb", 4));
  }

  @Test // L6.5
  void aSenderWhoseClockIsAheadIsGrantedNothingAndItsEndsAreObeyed() {
    applyAhead(MARGIN, serve("lease-aa", 1));
    applyAhead(Duration.ofSeconds(-4), serve("lease-aa", 2));
    Duration beyond = MARGIN.plusMillis(1);

    assertRefused(() -> applyAhead(beyond, serve("lease-aa", 3)), 403, "CLOCK_SKEW");
    assertRefused(
        () -> applyAhead(beyond, serve("lease-aa", 3).role(CommitRole.DRAIN)), 403, "CLOCK_SKEW");

    assertThat(grants()).extracting(EnforcedLease::gen).containsExactly(2L);
    applyAhead(beyond, serve("lease-aa", 3).ending(EndScope.SESSION));
    assertThat(driver.live()).isEmpty();
  }

  @Test
  void aWallClockSteppedBeyondExpiryEndsTheLease() {
    apply(serve("lease-aa", 1));
    clock.step(TERM.plusSeconds(1));

    service.keepTime();

    assertThat(driver.live()).isEmpty();
    assertThat(grants()).isEmpty();
    assertThat(told.over).isEqualTo(1);
  }

  @Test
  void aLeaseThatRunsOutIsToldOnce() {
    apply(serve("lease-aa", 1));
    service.mend();
    assertThat(told.carried).isEqualTo(1);
    assertThat(told.over).isZero();
    assertThat(told.contacts).isEqualTo(1);

    clock.advance(TERM.plusSeconds(1));
    service.mend();
    service.mend();

    assertThat(told.carried).isZero();
    assertThat(told.over).isEqualTo(1);
  }

  @Test // L3.10
  void aRestartKeepsFencesAndKnownGrantsAndEndsOthers() throws Exception {
    apply(serve("lease-aa", 5));
    Grant known = driver.last().carried().getFirst().grant();
    Grant stranger = new Grant(new GrantId(7), known.anchor());
    driver.set(List.of(known, stranger));

    open();

    assertThat(driver.live()).containsExactly(known.id());
    assertThat(grants()).extracting(EnforcedLease::leaseId).containsExactly("lease-aa");
    assertRefused(() -> apply(serve("lease-aa", 4)), 409, "STALE_GENERATION");
    apply(serve("lease-aa", 6));
    assertThat(driver.last().carried().getFirst().grant()).isEqualTo(known);
  }

  /** The gate is killed while it renews generation 1 to 2, and starts again. */
  private void openAfterARenewalWasCutShort() throws Exception {
    apply(serve("lease-aa", 1));
    clock.advance(TERM.dividedBy(2));
    journal.killNext();
    assertThatThrownBy(() -> apply(serve("lease-aa", 2))).hasMessage("killed");
    open();
  }

  /** L1.1: a revocation stops a reachable enforcer at once. */
  @Test
  void aGateKilledBeforeItRememberedARenewalStillEndsWhatItsKernelCarries() throws Exception {
    openAfterARenewalWasCutShort();
    clock.advance(TERM.dividedBy(2));
    apply(serve("lease-aa", 3).ending(EndScope.SESSION));

    assertThat(driver.live()).isEmpty();
  }

  /** Lease-protocol §5, Recover: what is listed as held is not brought again. */
  @Test
  void aRenewalThatAKilledGateDidNotCarryOutIsNotListedAsHeld() throws Exception {
    openAfterARenewalWasCutShort();

    assertThat(grants()).extracting(EnforcedLease::gen).containsExactly(1L);
    apply(serve("lease-aa", 2));
    assertThat(grants()).extracting(EnforcedLease::gen).containsExactly(2L);
  }

  /** Lease-protocol §5, Expire: nothing becomes longer because somebody restarted. */
  @Test
  void aWallClockThatIsBehindAtARestartMakesNothingLonger() throws Exception {
    apply(serve("lease-aa", 1));
    apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN));
    clock.step(Duration.ofHours(-1));

    open();
    apply(serve("lease-aa", 4).ending(EndScope.LEASE));

    assertThat(driver.last().carried())
        .singleElement()
        .satisfies(
            carried -> assertThat(carried.timeLeft()).isLessThanOrEqualTo(TERM.minus(MARGIN)));
  }

  @Test
  void grantIdsAreNeverGivenTwice() throws Exception {
    apply(serve("lease-aa", 1));
    GrantId first = driver.last().carried().getFirst().grant().id();
    apply(serve("lease-aa", 2).ending(EndScope.LEASE));
    clock.advance(TERM);

    open();
    apply(serve("lease-bb", 3));

    assertThat(driver.last().carried().getFirst().grant().id()).isGreaterThan(first);
  }

  @Test
  void whatWasSlowOnceIsTriedAgain() {
    driver.delayNext(MARGIN.plusMillis(1));

    apply(serve("lease-aa", 1));

    assertThat(driver.live()).hasSize(1);
    assertThat(driver.last().carried().getFirst().timeLeft())
        .isEqualTo(TERM.minus(MARGIN).minus(MARGIN.plusMillis(1)));
  }

  @Test
  void whatMayHaveHappenedAllTheSameIsUndone() {
    apply(serve("lease-aa", 1));
    Grant old = driver.last().carried().getFirst().grant();
    driver.failNextUncertainly();
    driver.delayNext(Duration.ZERO);
    driver.delayNext(Duration.ZERO);
    driver.delayNext(MARGIN.plusMillis(1));

    assertRefused(
        () -> apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN)),
        500,
        "STEERING_FAILURE");

    assertThat(driver.live()).containsExactly(old.id());
    assertThat(driver.last().carried()).singleElement().matches(Carried::takesNew);
    assertThat(grants()).extracting(EnforcedLease::gen).containsExactly(1L);
  }

  @Test
  void aSlowEndLeavesNoTimerRunningLate() {
    apply(serve("lease-aa", 1));
    apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN));
    driver.delayNext(MARGIN.plusMillis(1));

    apply(serve("lease-aa", 4).ending(EndScope.LEASE));

    assertThat(driver.last().carried())
        .singleElement()
        .satisfies(
            carried ->
                assertThat(carried.timeLeft())
                    .isEqualTo(TERM.minus(MARGIN).minus(MARGIN.plusMillis(1))));
  }

  /** Attempt, undoing, second attempt: both attempts are slow. */
  private void slowTwice() {
    driver.delayNext(MARGIN.plusMillis(1));
    driver.delayNext(Duration.ZERO);
    driver.delayNext(MARGIN.plusMillis(1));
  }
}
