package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.steering.AppliedCommit;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteeringServiceTest extends SteeringServiceScenario {
  @Test // L6.1
  void aServeIsCarriedUntilItsExpiryLessTheMargin() {
    List<AppliedCommit> applied = apply(serve("lease-aa", 1));

    assertThat(driver.last().carried())
        .singleElement()
        .satisfies(
            carried -> {
              assertThat(carried.timeLeft()).isEqualTo(TERM.minus(MARGIN));
              assertThat(carried.takesNew()).isTrue();
              assertThat(carried.grant().anchor()).hasToString("10.60.1.2:8443");
            });
    assertThat(applied)
        .containsExactly(
            new AppliedCommit("lease-aa", "session-1", 1, "serve", TERM.minus(MARGIN).toMillis()));
  }

  @Test // L1.1
  void aCommitThatDoesNotVerifyChangesNothing() {
    String other = new TestCommits().sign(serve("lease-aa", 1));

    assertRefused(() -> applyTokens(List.of(other)), 403, "COMMIT_REJECTED");
    assertRefused(() -> apply(serve("lease-aa", 1).to("gate-2")), 403, "COMMIT_REJECTED");
    assertRefused(() -> applyTokens(List.of("a.b.c")), 403, "COMMIT_REJECTED");
    assertThat(driver.steps).isEmpty();
  }

  @Test
  void oneUnbelievableCommitRefusesTheWholeStep() {
    apply(serve("lease-aa", 1));

    assertRefused(
        () ->
            applyTokens(
                List.of(
                    commits.sign(serve("lease-bb", 2)),
                    new TestCommits().sign(serve("lease-aa", 3).role(CommitRole.DRAIN)))),
        403,
        "COMMIT_REJECTED");
    assertThat(driver.steps).hasSize(1);
  }

  @Test
  void expiredAndNearlyExpiredCommitsAreRefused() {
    Draft brief =
        Draft.serve("lease-aa", 1, clock.wall(), MARGIN.plus(Carried.TIME_LEFT_MIN.dividedBy(2)));

    assertRefused(() -> apply(brief), 403, "COMMIT_REJECTED");
    clock.advance(Duration.ofSeconds(1));
    assertRefused(() -> apply(brief), 403, "COMMIT_REJECTED");
    assertThat(driver.steps).isEmpty();
  }

  @Test
  void anotherGatesScopeIsRefused() {
    assertRefused(
        () -> apply(serve("lease-aa", 1).at("x", FakeDriver.UNREACHABLE_ANCHOR + ":8443")),
        403,
        "COMMIT_REJECTED");
  }

  @Test
  void aRequestIsOneStepOfOneSession() {
    assertRefused(() -> applyTokens(List.of()), 400, "MANDATORY_IE_INCORRECT");
    assertRefused(
        () -> apply(serve("lease-aa", 1), serve("lease-bb", 2).of("session-2")),
        400,
        "MANDATORY_IE_INCORRECT");
    String token = commits.sign(serve("lease-aa", 1));
    assertRefused(() -> applyTokens(List.of(token, token)), 400, "MANDATORY_IE_INCORRECT");
    assertRefused(
        () ->
            apply(IntStream.range(1, 18).mapToObj(g -> serve("lease-aa", g)).toArray(Draft[]::new)),
        400,
        "MANDATORY_IE_INCORRECT");
  }

  @Test
  void anOlderGenerationIsStale() {
    apply(serve("lease-aa", 5));

    assertRefused(() -> apply(serve("lease-aa", 4)), 409, "STALE_GENERATION");
    assertRefused(() -> apply(serve("lease-bb", 3)), 409, "STALE_GENERATION");
    assertThat(driver.steps).hasSize(1);
  }

  @Test
  void theSameCommitAgainReinstallsUnderTheSameGrant() {
    Draft draft = serve("lease-aa", 1);
    String token = commits.sign(draft);
    applyTokens(List.of(token));
    clock.advance(Duration.ofSeconds(2));

    applyTokens(List.of(token));

    assertThat(driver.last().carried().getFirst().grant())
        .isEqualTo(driver.steps.getFirst().carried().getFirst().grant());
    assertThat(driver.last().carried().getFirst().timeLeft())
        .isEqualTo(TERM.minus(MARGIN).minusSeconds(2));
  }

  @Test
  void aRenewalKeepsTheGrant() {
    apply(serve("lease-aa", 1));
    clock.advance(Duration.ofSeconds(15));

    apply(serve("lease-aa", 2));

    assertThat(driver.last().carried().getFirst().grant())
        .isEqualTo(driver.steps.getFirst().carried().getFirst().grant());
    assertThat(driver.last().carried().getFirst().timeLeft()).isEqualTo(TERM.minus(MARGIN));
  }

  @Test // L3.12
  void anotherSessionCannotHaveTheFlow() {
    apply(serve("lease-aa", 1));

    assertRefused(() -> apply(serve("lease-bb", 1).of("session-2")), 409, "FLOW_IN_USE");
    apply(serve("lease-aa", 2).ending(EndScope.SESSION));
    apply(serve("lease-bb", 1).of("session-2"));
    clock.advance(TERM);
    apply(serve("lease-cc", 1).of("session-3"));
  }

  @Test // L5.19
  void aRelocationIsOneStepWithADrainNoLongerThanTheOldLease() {
    apply(serve("lease-aa", 1));
    Grant old = driver.last().carried().getFirst().grant();
    clock.advance(Duration.ofSeconds(20));

    apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN));

    assertThat(driver.steps).hasSize(2);
    assertThat(driver.last().carried())
        .hasSize(2)
        .anySatisfy(
            carried -> {
              assertThat(carried.takesNew()).isTrue();
              assertThat(carried.grant().anchor()).hasToString("10.60.2.2:8443");
            })
        .contains(new Carried(old, Duration.ofSeconds(10).minus(MARGIN), false));
  }

  @Test
  void undoingAMoveServesTheOldLeaseUnderItsOldGrant() {
    apply(serve("lease-aa", 1));
    Grant old = driver.last().carried().getFirst().grant();
    apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN));
    Grant fresh =
        driver.last().carried().stream().filter(Carried::takesNew).findAny().get().grant();

    apply(serve("lease-aa", 4), atB("lease-bb", 5).ending(EndScope.LEASE));

    assertThat(driver.last().carried())
        .singleElement()
        .satisfies(carried -> assertThat(carried.grant()).isEqualTo(old));
    assertThat(driver.last().ended()).containsExactly(fresh);
  }

  @Test
  void aThirdLeaseEndsTheOldestDrain() {
    apply(serve("lease-aa", 1));
    Grant oldest = driver.last().carried().getFirst().grant();
    apply(atB("lease-bb", 2));

    apply(serve("lease-cc", 3));

    assertThat(driver.last().carried()).hasSize(2);
    assertThat(driver.last().ended()).containsExactly(oldest);
  }

  @Test
  void anEndIsObeyedEvenLateAndRefusesWhatCameBefore() {
    String serve = commits.sign(serve("lease-aa", 1));
    applyTokens(List.of(serve));
    String end = commits.sign(serve("lease-aa", 2).ending(EndScope.SESSION));
    clock.advance(Duration.ofSeconds(29));

    List<AppliedCommit> applied = applyTokens(List.of(end));

    assertThat(applied).extracting(AppliedCommit::role).containsExactly("end");
    assertThat(driver.live()).isEmpty();
    assertRefused(() -> applyTokens(List.of(serve)), 409, "STALE_GENERATION");
    clock.advance(Duration.ofMinutes(5));
    assertThat(applyTokens(List.of(end))).hasSize(1);
  }

  @Test
  void anEndOfSomethingUnknownOnlyRaisesTheFence() {
    apply(serve("lease-aa", 7).ending(EndScope.LEASE));

    assertThat(driver.steps).isEmpty();
    assertRefused(() -> apply(serve("lease-aa", 6)), 409, "STALE_GENERATION");
  }

  @Test
  void anEndOfOneLeaseLeavesTheOther() {
    apply(serve("lease-aa", 1));
    apply(atB("lease-bb", 2), serve("lease-aa", 3).role(CommitRole.DRAIN));

    apply(serve("lease-aa", 4).ending(EndScope.LEASE));

    assertThat(driver.last().carried())
        .singleElement()
        .satisfies(carried -> assertThat(carried.grant().anchor()).hasToString("10.60.2.2:8443"));
    assertThat(driver.last().ended()).hasSize(1);
  }

  @Test
  void whatTheKernelNoLongerHoldsIsNotListed() {
    apply(serve("lease-aa", 1));
    assertThat(grants()).hasSize(1);

    driver.set(List.of());

    assertThat(grants()).isEmpty();
  }

  @Test // L5.27
  void aProbeNeedsABelievableCommitAndAGrant() {
    String applied = commits.sign(serve("lease-aa", 2));
    applyTokens(List.of(applied));

    assertRefused(() -> probe(serve("lease-aa", 1), "STEERED"), 409, "STALE_GENERATION");
    assertRefused(
        () -> probe(serve("lease-aa", 3).ending(EndScope.LEASE), "STEERED"),
        403,
        "COMMIT_REJECTED");
    assertRefused(() -> probe(serve("lease-aa", 3), "SOMEHOW"), 400, "MANDATORY_IE_INCORRECT");
    assertThat(probe(serve("lease-bb", 3), "STEERED")).isEqualTo("NOT_STEERED");
    assertThat(service.probeCommit(call(), new ProbeCommit(applied, "STEERED")).cause())
        .isEqualTo("UNREACHABLE");
  }
}
