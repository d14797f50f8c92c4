package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.AppliedCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Flow;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.TestCommits.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SteeringServiceTest {
  private static final Duration MARGIN = Duration.ofMillis(250);
  private static final Duration TERM = Duration.ofSeconds(30);
  private static final SteeringConfig CONFIG = new SteeringConfig(TestCommits.GATE, MARGIN, MARGIN);

  private final TestCommits commits = new TestCommits();
  private final ManualClock clock = new ManualClock();
  private final FakeDriver driver = new FakeDriver(clock);
  private final MemoryJournal journal = new MemoryJournal();
  private SteeringService service;

  @BeforeEach
  void open() throws Exception {
    service =
        SteeringService.open(
            CONFIG,
            new SteeringPorts(
                commits.verifier(MARGIN),
                driver,
                journal,
                (connection, session, timeMax) -> {
                  throw new AnchorProbeFailed("MALFORMED_ANSWER");
                },
                SenderCheck.NONE,
                SteeringObserver.NONE),
            clock.asGateClock());
  }

  @Test
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

  @Test
  void noTimeoutIsLongerThanTheCommitWasMadeFor() {
    // The gate's clock is 200 ms behind the issuer's, which issued for one second.
    Instant issued = Instant.parse("2026-11-23T10:00:00Z");
    clock.step(Duration.ofMillis(-100));
    apply(serve("lease-aa", 1).issuedAt(issued));

    assertThat(driver.last().carried().getFirst().timeLeft())
        .isLessThanOrEqualTo(Duration.between(issued, issued.plus(TERM).plusMillis(100)));
  }

  @Test
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

  @Test
  void anotherSessionCannotHaveTheFlow() {
    apply(serve("lease-aa", 1));

    assertRefused(() -> apply(serve("lease-bb", 1).of("session-2")), 409, "FLOW_IN_USE");
    apply(serve("lease-aa", 2).ending(EndScope.SESSION));
    apply(serve("lease-bb", 1).of("session-2"));
    clock.advance(TERM);
    apply(serve("lease-cc", 1).of("session-3"));
  }

  @Test
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
  void whatTookLongerThanTheMarginIsRemovedAgain() {
    driver.delayNext(MARGIN.plusMillis(1));

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
    driver.delayNext(MARGIN.plusMillis(1));

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
    assertThat(grants()).extracting(AppliedCommit::role).containsExactly("serve");
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

  @Test
  void aFailedStepChangesNothingAndMayBeRepeated() {
    apply(serve("lease-aa", 1));
    driver.failNext();

    assertRefused(() -> apply(serve("lease-aa", 2)), 500, "STEERING_FAILURE");

    assertThat(grants()).extracting(AppliedCommit::gen).containsExactly(1L);
    apply(serve("lease-aa", 2));
  }

  @Test
  void whatCannotBeRememberedIsNotCarried() {
    apply(serve("lease-aa", 1).of("session-9").flow(udp()));
    journal.failing(true);

    assertRefused(() -> apply(serve("lease-bb", 1)), 500, "STEERING_FAILURE");

    assertThat(grants()).extracting(AppliedCommit::leaseId).containsExactly("lease-aa");
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

  @Test
  void whileClocksDisagreeNothingIsGrantedAndEndsAreObeyed() {
    apply(serve("lease-aa", 1));
    clock.step(MARGIN.plusMillis(1));

    assertRefused(() -> apply(serve("lease-aa", 2)), 500, "STEERING_FAILURE");
    apply(serve("lease-aa", 3).ending(EndScope.LEASE));
    assertThat(driver.live()).isEmpty();

    clock.step(MARGIN.negated());
    apply(serve("lease-bb", 4));
  }

  @Test
  void aWallClockSteppedBeyondExpiryEndsTheLease() {
    apply(serve("lease-aa", 1));
    clock.step(TERM.plusSeconds(1));

    service.keepTime();

    assertThat(driver.live()).isEmpty();
    assertThat(grants()).isEmpty();
  }

  @Test
  void aRestartKeepsFencesAndKnownGrantsAndEndsOthers() throws Exception {
    apply(serve("lease-aa", 5));
    Grant known = driver.last().carried().getFirst().grant();
    Grant stranger = new Grant(new GrantId(7), known.anchor());
    driver.set(List.of(known, stranger));

    open();

    assertThat(driver.live()).containsExactly(known.id());
    assertThat(grants()).extracting(AppliedCommit::leaseId).containsExactly("lease-aa");
    assertRefused(() -> apply(serve("lease-aa", 4)), 409, "STALE_GENERATION");
    apply(serve("lease-aa", 6));
    assertThat(driver.last().carried().getFirst().grant()).isEqualTo(known);
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
  void whatTheKernelNoLongerHoldsIsNotListed() {
    apply(serve("lease-aa", 1));
    assertThat(grants()).hasSize(1);

    driver.set(List.of());

    assertThat(grants()).isEmpty();
  }

  @Test
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

  private Draft serve(String lease, long gen) {
    return Draft.serve(lease, gen, clock.wall(), TERM);
  }

  private Draft atB(String lease, long gen) {
    return serve(lease, gen).at("b", "10.60.2.2:8443");
  }

  private static Flow udp() {
    return new Flow(UeAddress.parse("10.45.0.2"), ServiceEndpoint.of("203.0.113.10", "UDP", 8443));
  }

  private List<AppliedCommit> apply(Draft... drafts) {
    return applyTokens(Stream.of(drafts).map(commits::sign).toList());
  }

  private List<AppliedCommit> applyTokens(List<String> tokens) {
    return service.applyCommits(call(), new ApplyCommits(tokens)).applied();
  }

  private List<AppliedCommit> grants() {
    return service.listGrants(call(), new ListGrants()).grants();
  }

  private String probe(Draft draft, String phase) {
    return service.probeCommit(call(), new ProbeCommit(commits.sign(draft), phase)).cause();
  }

  private Call call() {
    return Call.within("aipf", clock.wall(), Duration.ofSeconds(5));
  }

  private static void assertRefused(Runnable action, int status, String cause) {
    AbstractThrowableAssert<?, ? extends Throwable> thrown =
        assertThatThrownBy(action::run).isInstanceOf(Refusal.class);
    thrown
        .extracting(e -> ((Refusal) e).status() + " " + ((Refusal) e).problemCause())
        .isEqualTo(status + " " + cause);
  }
}
