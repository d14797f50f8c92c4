package io.aipaging.aexf.admission;

import static io.aipaging.aexf.admission.AdmissionKit.MARGIN;
import static io.aipaging.aexf.admission.AdmissionKit.TERM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.ListLeases;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a COMMIT may do, and what survives a restart. */
class AdmissionCommitTest {
  private static final String LEASE = "lease-0001";
  private static final String OTHER_LEASE = "lease-0002";
  private static final String SESSION = "session-0001";
  private static final String OTHER_SESSION = "session-0002";

  private final AdmissionKit kit = new AdmissionKit(2);

  @Test
  void aRenewalMovesTheDeadlineAndAStaleOneIsRefused() {
    kit.hold(LEASE, SESSION);
    Commit first = kit.commits.serve(LEASE, SESSION, 1, kit.now(), TERM);
    kit.apply(first);
    kit.time.pass(Duration.ofSeconds(20));
    kit.serve(LEASE, SESSION, 2);
    kit.time.pass(Duration.ofSeconds(20));
    assertThat(kit.live(SESSION).gen()).isEqualTo(2);
    assertRefused(409, "STALE_GENERATION", () -> kit.serve(LEASE, SESSION, 1));
    assertRefused(409, "STALE_GENERATION", () -> kit.serve(LEASE, SESSION, 2));
    assertThat(kit.status().slotsHeld()).isEqualTo(1);
  }

  @Test // L6.5
  void aSenderWhoseClockIsAheadIsGrantedNothingAndItsEndsAreObeyed() {
    kit.hold(LEASE, SESSION);
    kit.applyAhead(MARGIN, kit.commits.serve(LEASE, SESSION, 1, kit.now(), TERM));
    kit.applyAhead(Duration.ofSeconds(-4), kit.commits.serve(LEASE, SESSION, 2, kit.now(), TERM));
    Duration beyond = MARGIN.plusMillis(1);
    Commit renewal = kit.commits.serve(LEASE, SESSION, 3, kit.now(), TERM);
    Commit drain = kit.commits.drain(LEASE, SESSION, 3, kit.now(), Duration.ofSeconds(5));
    assertRefused(403, "CLOCK_SKEW", () -> kit.applyAhead(beyond, renewal));
    assertRefused(403, "CLOCK_SKEW", () -> kit.applyAhead(beyond, drain));
    assertThat(kit.live(SESSION).gen()).isEqualTo(2);
    kit.applyAhead(beyond, kit.commits.end(LEASE, SESSION, 3, EndScope.SESSION, kit.now()));
    assertThat(kit.live(SESSION)).isNull();
  }

  @Test
  void anIdenticalCommitNeverLengthensItsLease() {
    kit.hold(LEASE, SESSION);
    String token = kit.signer.sign(kit.commits.serve(LEASE, SESSION, 1, kit.now(), TERM));
    kit.apply(token);
    kit.time.pass(Duration.ofSeconds(10));
    kit.time.jumpWall(Duration.ofMillis(-200));
    AdmittedLease again = kit.apply(token);
    assertThat(again.remainingMs()).isEqualTo(TERM.minus(MARGIN).toMillis() - 10_000);
  }

  @Test
  void aLeaseThatRanOutNeverComesBack() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    Commit renewal = kit.commits.serve(LEASE, SESSION, 2, kit.now(), TERM.multipliedBy(2));
    kit.time.pass(TERM);
    assertRefused(409, "HOLD_NOT_FOUND", () -> kit.apply(renewal));
  }

  @Test
  void aDrainingLeaseIsServedUntilItsOwnExpAndMayGoBackToServing() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    kit.apply(kit.commits.drain(LEASE, SESSION, 2, kit.now(), Duration.ofSeconds(5)));
    assertThat(kit.live(SESSION).draining()).isTrue();
    kit.serve(LEASE, SESSION, 3);
    assertThat(kit.live(SESSION).draining()).isFalse();
    kit.apply(kit.commits.drain(LEASE, SESSION, 4, kit.now(), Duration.ofSeconds(5)));
    kit.time.pass(Duration.ofSeconds(5));
    assertThat(kit.live(SESSION)).isNull();
  }

  @Test // L3.8
  void anEndStopsTheLeaseIsOnTheDiskAndRefusesWhatCameBefore() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    Commit late = kit.commits.serve(LEASE, SESSION, 2, kit.now(), TERM);
    AdmittedLease ended = kit.apply(kit.commits.end(LEASE, SESSION, 3, EndScope.LEASE, kit.now()));
    assertThat(ended).isEqualTo(new AdmittedLease(LEASE, SESSION, 3, "end", 0));
    assertThat(kit.live(SESSION)).isNull();
    assertThat(kit.status().slotsHeld()).isZero();
    assertRefused(409, "STALE_GENERATION", () -> kit.apply(late));
    kit.start(2);
    assertRefused(409, "STALE_GENERATION", () -> kit.apply(late));
  }

  @Test
  void anEndIsObeyedAfterItsExpAndForAnotherAnchorsLease() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    Commit end =
        kit.commits.at("anchor-b").end(OTHER_LEASE, SESSION, 5, EndScope.SESSION, kit.now());
    kit.time.pass(Duration.ofSeconds(20));
    kit.serve(LEASE, SESSION, 2);
    kit.time.pass(Duration.ofSeconds(20));
    kit.time.jumpWall(Duration.ofHours(1));
    kit.apply(end);
    assertThat(kit.live(SESSION)).isNull();
    assertThat(kit.service.listLeases(kit.call(), new ListLeases()).leases()).isEmpty();
  }

  @Test
  void anEndStopsTrafficEvenIfTheDiskFailsAndIsNotAcknowledged() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    kit.journal.failing = true;
    String end = kit.signer.sign(kit.commits.end(LEASE, SESSION, 2, EndScope.LEASE, kit.now()));
    assertThatThrownBy(() -> kit.apply(end)).hasMessage("disk full");
    assertThat(kit.live(SESSION)).isNull();
    kit.journal.failing = false;
    int before = kit.journal.lines();
    kit.apply(end);
    assertThat(kit.journal.lines()).isEqualTo(before + 1);
  }

  @Test
  void aGrantThatCannotBeRememberedIsNotGiven() {
    kit.hold(LEASE, SESSION);
    kit.journal.failing = true;
    assertThatThrownBy(() -> kit.serve(LEASE, SESSION, 1)).hasMessage("disk full");
    assertThat(kit.live(SESSION)).isNull();
    kit.journal.failing = false;
    kit.serve(LEASE, SESSION, 1);
  }

  @Test
  void afterARestartTheSameCommitComesBackWithoutAHoldIfASlotIsFree() {
    kit.hold(LEASE, SESSION);
    String token = kit.signer.sign(kit.commits.serve(LEASE, SESSION, 1, kit.now(), TERM));
    kit.apply(token);
    kit.start(1);
    assertThat(kit.live(SESSION)).isNull();
    kit.hold(OTHER_LEASE, OTHER_SESSION);
    assertRefused(503, "INSUFFICIENT_RESOURCES", () -> kit.apply(token));
    kit.release(OTHER_LEASE);
    kit.time.pass(Duration.ofSeconds(10));
    assertThat(kit.apply(token).remainingMs()).isEqualTo(TERM.minus(MARGIN).toMillis() - 10_000);
    assertThat(kit.status().slotsHeld()).isEqualTo(1);
  }

  @Test
  void afterARestartARenewalThatWasNotSyncedComesBackToo() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    String renewal = kit.signer.sign(kit.commits.serve(LEASE, SESSION, 2, kit.now(), TERM));
    kit.apply(renewal);
    kit.start(2);
    kit.apply(renewal);
    assertThat(kit.live(SESSION).gen()).isEqualTo(2);
  }

  @Test
  void afterARestartAFreshLeaseStillNeedsAHold() {
    kit.start(2);
    assertRefused(409, "HOLD_NOT_FOUND", () -> kit.serve(LEASE, SESSION, 1));
  }

  @Test
  void commitsThatMustNotBeBelievedAreRefused() {
    kit.hold(LEASE, SESSION);
    var c = kit.commits;
    assertRejected(c.to("gate-1", "agent-b").serve(LEASE, SESSION, 1, kit.now(), TERM));
    assertRejected(c.at("anchor-b").serve(LEASE, SESSION, 1, kit.now(), TERM));
    assertRejected(c.from("aipf-set-2").serve(LEASE, SESSION, 1, kit.now(), TERM));
    assertRejected(
        c.of(Aisi.parse("urn:aisi:example.net:chat:basic:1"))
            .serve(LEASE, SESSION, 1, kit.now(), TERM));
    assertRejected(c.serve(LEASE, SESSION, 1, kit.now().minusSeconds(31), TERM));
    assertRejected(c.serve(LEASE, SESSION, 1, kit.now().plusSeconds(2), TERM));
    assertRejected(c.serve(LEASE, SESSION, 1, kit.now(), MARGIN));
    String good = kit.signer.sign(c.serve(LEASE, SESSION, 1, kit.now(), TERM));
    assertRefused(403, "COMMIT_REJECTED", () -> kit.apply(good.substring(0, good.length() - 4)));
    assertRefused(403, "COMMIT_REJECTED", () -> kit.apply("nonsense"));
    String forged = new AdmissionKit(1).signer.sign(c.serve(LEASE, SESSION, 1, kit.now(), TERM));
    assertRefused(403, "COMMIT_REJECTED", () -> kit.apply(forged));
    assertThat(kit.live(SESSION)).isNull();
    kit.apply(good);
  }

  @Test // L6.6
  void nothingIsGrantedWhileWallAndBootClockDisagree() {
    kit.hold(LEASE, SESSION, 60_000);
    kit.time.jumpWall(Duration.ofMillis(300));
    assertRefused(403, "COMMIT_REJECTED", () -> kit.serve(LEASE, SESSION, 1));
    kit.time.jumpWall(Duration.ofMillis(-300));
    kit.serve(LEASE, SESSION, 1);
  }

  @Test // L6.7
  void aJumpOfTheWallClockNeitherLengthensNorShortensALease() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    kit.time.jumpWall(Duration.ofHours(-1));
    kit.time.pass(TERM.minus(MARGIN).minusMillis(1));
    assertThat(kit.live(SESSION)).isNotNull();
    kit.time.jumpWall(Duration.ofHours(2));
    assertThat(kit.live(SESSION)).isNotNull();
    kit.time.pass(Duration.ofMillis(1));
    assertThat(kit.live(SESSION)).isNull();
  }

  @Test // L3.12
  void twoSessionsCannotOwnOneFlow() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    kit.hold(OTHER_LEASE, OTHER_SESSION);
    assertRefused(409, "FLOW_IN_USE", () -> kit.serve(OTHER_LEASE, OTHER_SESSION, 1));
    kit.apply(kit.commits.ue("10.45.0.3").serve(OTHER_LEASE, OTHER_SESSION, 1, kit.now(), TERM));
  }

  @Test
  void aSessionWithTwoLeasesHereIsServedByTheOneThatServes() {
    kit.hold(LEASE, SESSION);
    kit.serve(LEASE, SESSION, 1);
    kit.apply(kit.commits.drain(LEASE, SESSION, 2, kit.now(), Duration.ofSeconds(5)));
    kit.hold(OTHER_LEASE, SESSION);
    kit.serve(OTHER_LEASE, SESSION, 3);
    assertThat(kit.live(SESSION).role()).isEqualTo(CommitRole.SERVE);
    kit.apply(kit.commits.end(LEASE, SESSION, 4, EndScope.LEASE, kit.now()));
    assertThat(kit.live(SESSION).lease().value()).isEqualTo(OTHER_LEASE);
  }

  @Test
  void watchersHearOfEveryChange() {
    kit.hold(LEASE, SESSION);
    assertThat(kit.changed).isEmpty();
    kit.serve(LEASE, SESSION, 1);
    kit.time.pass(TERM);
    kit.service.sweep();
    assertThat(kit.changed).containsExactly(new SessionId(SESSION), new SessionId(SESSION));
  }

  @Test
  void theJournalStaysBounded() {
    for (int i = 0; i < 3_000; i++) {
      kit.apply(kit.commits.end(LEASE, SESSION, i + 1, EndScope.SESSION, kit.now()));
    }
    assertThat(kit.journal.lines()).isLessThan(1_100);
  }

  private void assertRejected(Commit commit) {
    assertRefused(403, "COMMIT_REJECTED", () -> kit.apply(commit));
  }

  private static void assertRefused(int status, String cause, ThrowingCallable action) {
    Refusal refusal = refusal(action);
    assertThat(refusal.problemCause()).as(refusal.detail()).isEqualTo(cause);
    assertThat(refusal.status()).isEqualTo(status);
  }

  private static Refusal refusal(ThrowingCallable action) {
    Refusal refusal = catchThrowableOfType(Refusal.class, action);
    assertThat(refusal).isNotNull();
    return refusal;
  }
}
