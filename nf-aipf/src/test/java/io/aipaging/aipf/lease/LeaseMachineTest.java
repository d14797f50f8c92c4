package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.ISSUER;
import static io.aipaging.aipf.lease.Samples.MACHINE;
import static io.aipaging.aipf.lease.Samples.NOW;
import static io.aipaging.aipf.lease.Samples.TERMS;
import static io.aipaging.aipf.lease.Samples.legal;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.protocol.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses of lease-protocol §2, §3, §5 that the machine alone decides. */
class LeaseMachineTest {
  @Test // L2.10; §1: every COMMIT signed for a session, whatever its role, takes the next gen
  void aCommitThatDoesNotTakeTheNextGenerationIsRefused() {
    Session active = Samples.active();
    SessionEvent stale = Samples.renewed(active, NOW);
    Session renewed = Samples.after(active, Samples.renewed(active, NOW), NOW);
    assertThat(MACHINE.decide(renewed, stale, NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
  }

  @Test // second commit of the same hold is refused
  void aHoldIsCommittedOnce() {
    Session session = Samples.preparingCommitted();
    assertThat(MACHINE.decide(session, Samples.committed(session, NOW), NOW))
        .isEqualTo(new Decision.Illegal("INCOMPATIBLE_STATE"));
  }

  @Test // §5 Page: deadline
  void aPageIsNeitherCommittedNorActivatedAfterItsDeadline() {
    Instant late = NOW.plusSeconds(5);
    Session preparing = Samples.preparing();
    assertThat(MACHINE.decide(preparing, Samples.committed(preparing, NOW), late))
        .isEqualTo(new Decision.Illegal("TOO_LATE"));
    Session committed = Samples.preparingCommitted();
    assertThat(MACHINE.decide(committed, Samples.activated(committed, NOW), late))
        .isEqualTo(new Decision.Illegal("TOO_LATE"));
  }

  @Test // L5.17; §5 Renew: from exp − skewMargin − delivery budget on, renewal is refused
  void theCutoffIsSharp() {
    Session active = Samples.active();
    Instant cutoff = TERMS.cutoff(active.state().live().getFirst().expiresAt());
    Instant justBefore = cutoff.minusNanos(1);
    assertThat(MACHINE.decide(active, Samples.renewed(active, justBefore), justBefore))
        .isInstanceOf(Decision.Legal.class);
    assertThat(MACHINE.decide(active, Samples.renewed(active, cutoff), cutoff))
        .isEqualTo(new Decision.Illegal("TOO_LATE"));
    assertThat(MACHINE.decide(active, Samples.moveDecided("TEST"), cutoff))
        .isEqualTo(new Decision.Illegal("TOO_LATE"));
  }

  @Test // §5 Renew: a lease never comes back
  void anExpiredLeaseIsNeverRenewed() {
    Session active = Samples.active();
    Instant after = active.state().live().getFirst().expiresAt().plusMillis(1);
    assertThat(MACHINE.decide(active, Samples.renewed(active, after), after))
        .isEqualTo(new Decision.Illegal("TOO_LATE"));
  }

  @Test // L5.10; §5 Renew: the client extends within the maximum lifetime, never shortens
  void extensionStaysBetweenTheOldEndAndTheMaximum() {
    Session active = Samples.active();
    assertThat(MACHINE.decide(active, Samples.extended(active, Duration.ofSeconds(-1), NOW), NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
    assertThat(MACHINE.decide(active, Samples.extended(active, TERMS.sessionMax(), NOW), NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
  }

  @Test // §5 Expire
  void nothingExpiresBeforeItsTime() {
    Session active = Samples.active();
    EndCause expired = new EndCause(EndReason.EXPIRED, "TIME_OVER");
    Instant exp = active.state().live().getFirst().expiresAt();
    assertThat(MACHINE.decide(active, Samples.ended(active, expired, NOW), exp.minusMillis(1)))
        .isEqualTo(new Decision.Illegal("TOO_EARLY"));
    assertThat(MACHINE.decide(active, Samples.ended(active, expired, NOW), exp))
        .isInstanceOf(Decision.Legal.class);
  }

  @Test // §5 Relocate step 4: until min(drain deadline, old exp)
  void aDrainLongerThanTheOldLeaseIsRefused() {
    Session session = Samples.targetCommitted();
    Lease.Serving old = (Lease.Serving) session.state().live().getLast();
    Lease.Serving longer =
        new Lease.Serving(
            ISSUER.renew(session, old, session.expiresAt(), NOW.plusSeconds(2)), old.anchor());
    SignedCommit drain = ISSUER.drain(session, longer, old.expiresAt().minusMillis(1));
    assertThat(
            MACHINE.decide(
                session, new SessionEvent.Switched(drain), old.expiresAt().minusMillis(1)))
        .isInstanceOf(Decision.Illegal.class);
  }

  @Test // L4.6
  void aDrainingLeaseIsNeverRenewed() {
    Session session = Samples.draining();
    Lease.Draining old = ((Active) session.state()).draining();
    Lease.Serving asIfItServed = new Lease.Serving(old.commit(), old.anchor());
    SignedCommit longer = ISSUER.renew(session, asIfItServed, session.expiresAt(), NOW);
    assertThat(MACHINE.decide(session, new SessionEvent.LeaseRenewed(longer), NOW))
        .isInstanceOf(Decision.Illegal.class);
    assertThat(MACHINE.decide(session, Samples.renewed(session, NOW), NOW))
        .as("the serving one is")
        .isInstanceOf(Decision.Legal.class);
  }

  @Test // §5 Relocate: switches back while the old lease lives, and no longer than it
  void anOldLeaseThatIsOverIsNotSwitchedBackTo() {
    Session session = Samples.switched();
    Lease.Draining old = (Lease.Draining) session.state().live().getLast();
    SessionEvent back = Samples.switchedBack(session, NOW);
    assertThat(MACHINE.decide(session, back, old.servedUntil()))
        .isEqualTo(new Decision.Illegal("TOO_LATE"));
    Session restored = Samples.after(session, back, NOW);
    assertThat(restored.state().live().getFirst().expiresAt()).isEqualTo(old.servedUntil());
  }

  @Test // §5 Page, Recover: a session never goes on without the QoS it requires
  void aRequiredQosIsNeverRecordedAsRefused() {
    SessionEvent refused = new SessionEvent.QosReported(QosStanding.refused("GONE"));
    assertThat(MACHINE.decide(Samples.active(), refused, NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
    SessionEvent unasked = new SessionEvent.QosReported(QosStanding.REQUESTED);
    assertThat(MACHINE.decide(Samples.active(), unasked, NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
  }

  @Test // L1.3
  void whatTheCoreSaysOfQosIsInTheEvidenceAndTakesNoGeneration() {
    Session active = Samples.active();
    Transition reported =
        legal(active, new SessionEvent.QosReported(QosStanding.enforcement("CONFIRMED")), NOW);
    assertThat(reported.after().qos().status()).isEqualTo(QosStanding.Status.CONFIRMED);
    assertThat(reported.after().gen()).isEqualTo(active.gen());
    assertThat(reported.evidence().type()).isEqualTo("QOS_REPORTED");
    assertThat(reported.evidence().why().trigger()).isEqualTo("QOS_CONFIRMED");
    assertThat(reported.effects()).isEmpty();
  }

  @Test // L5.28; §5 Release: the end is signed whenever a COMMIT was
  void aSessionWithACommitDoesNotEndWithoutASignedEnd() {
    Session active = Samples.active();
    assertThat(
            MACHINE.decide(
                active,
                new SessionEvent.Ended(Samples.RELEASE, null, List.of(), Samples.RUNNER),
                NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
  }

  @Test // L5.5; §4: PREPARING → ENDING → REJECTED
  void whateverEndsAPageItEndsRejected() {
    Session preparing = Samples.preparing();
    Session ending = Samples.after(preparing, Samples.ended(preparing, Samples.RELEASE, NOW), NOW);
    assertThat(Samples.after(ending, new SessionEvent.Finished(), NOW).state())
        .isInstanceOf(SessionState.Rejected.class);
  }

  @Test // L5.28; §5 Release: remove steering, then anchor, then QoS
  void removalIsOrdered() {
    Session draining = Samples.draining();
    List<Effect> effects =
        legal(draining, Samples.ended(draining, Samples.RELEASE, NOW), NOW).effects();
    assertThat(effects)
        .hasExactlyElementsOfTypes(
            Effect.ApplyAtGate.class,
            Effect.ApplyAtAnchor.class,
            Effect.ApplyAtAnchor.class,
            Effect.DeleteQos.class);
  }

  @Test // L3.9; §3: an end's fence is kept until every COMMIT it refuses has expired
  void anEndOutlivesEveryCommitItRefuses() {
    Session draining = Samples.draining();
    Commit end = ISSUER.endSession(draining, NOW).commit();
    Active active = (Active) draining.state();
    assertThat(end.expiresAt())
        .isAfterOrEqualTo(active.serving().expiresAt())
        .isAfterOrEqualTo(active.draining().servedUntil());
    assertThat(end.audience()).containsExactly("gate-1", "agent-anchor-b", "agent-anchor-a");
  }

  @Test // L1.4: at most two leases are live
  void aThirdLiveLeaseIsRefused() {
    assertThat(MACHINE.decide(Samples.draining(), Samples.moveDecided("TEST"), NOW))
        .isEqualTo(new Decision.Illegal("INCOMPATIBLE_STATE"));
  }

  @Test // §3: exp ≤ the session's end
  void aCommitThatOutlivesItsSessionIsRefused() {
    Session active = Samples.active();
    Lease.Serving serving = ((Active) active.state()).serving();
    Instant late = active.expiresAt().minusSeconds(10);
    SignedCommit tooLong = ISSUER.renew(active, serving, active.expiresAt().plusSeconds(60), late);
    Session near =
        new Session(
            active.facts(),
            active.version(),
            active.gen(),
            active.expiresAt(),
            active.qos(),
            active.residence(),
            active.token(),
            new Active(
                new Lease.Serving(
                    ISSUER.renew(active, serving, active.expiresAt(), late.minusSeconds(5)),
                    serving.anchor()),
                null,
                List.of()));
    assertThat(MACHINE.decide(near, new SessionEvent.LeaseRenewed(tooLong), late))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
  }

  @Test // §5 Expire: enforcers stop by themselves
  void whatIsOverByEveryClockEndsWithoutAnEndAndOwesEnforcersNothing() {
    Session active = Samples.active();
    Instant exp = active.state().live().getFirst().expiresAt();
    Instant over = TERMS.over(exp);
    EndCause expired = new EndCause(EndReason.EXPIRED, "TIME_OVER");
    SessionEvent unsigned = new SessionEvent.Ended(expired, null, List.of(), Samples.RUNNER);
    assertThat(MACHINE.decide(active, unsigned, over.minusNanos(1)))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
    Transition ended = legal(active, unsigned, over);
    assertThat(ended.effects()).hasExactlyElementsOfTypes(Effect.DeleteQos.class);
    assertThat(ended.after().gen()).isEqualTo(active.gen());
    assertThat(MACHINE.over(active, over)).isTrue();
    assertThat(MACHINE.over(active, over.minusNanos(1))).isFalse();
  }

  @Test // §5 Expire: of a drain, the lease it was counts, because an enforcer may still hold that
  void aDrainingLeaseIsOverWhenTheCommitBeforeItsDrainIs() {
    Session draining = Samples.draining();
    Lease.Draining old = ((Active) draining.state()).draining();
    assertThat(draining.over(TERMS.over(old.expiresAt()), TERMS.skewBound())).isFalse();
    Instant last = draining.state().live().getFirst().expiresAt();
    assertThat(draining.over(TERMS.over(last), TERMS.skewBound())).isTrue();
  }

  @Test // §5 Release: what has stopped by itself is not owed any more, the core's QoS is
  void anEndingSessionOwesLessAsTimePasses() {
    Session ending = Samples.ending();
    Instant exp = ending.state().removing().getFirst().expiresAt();
    assertThat(MACHINE.owed(ending, TERMS.over(exp).minusNanos(1)))
        .hasExactlyElementsOfTypes(
            Effect.ApplyAtGate.class, Effect.ApplyAtAnchor.class, Effect.DeleteQos.class);
    assertThat(MACHINE.owed(ending, TERMS.over(exp)))
        .hasExactlyElementsOfTypes(Effect.DeleteQos.class);
  }

  @Test // §5 Recover: what has to be carried out again is what the row says is in force
  void everyLivingStateOwesTheCommitsThatAreInForce() {
    assertThat(owedGens(Samples.preparing())).isEmpty();
    assertThat(owedGens(Samples.preparingCommitted())).containsExactly(1L);
    assertThat(owedGens(Samples.active())).containsExactly(1L);
    assertThat(owedGens(Samples.decided())).containsExactly(1L);
    assertThat(owedGens(Samples.targetCommitted())).containsExactly(1L);
    assertThat(owedGens(Samples.switched())).containsExactly(2L, 3L);
    assertThat(owedGens(Samples.draining())).containsExactly(2L, 3L);
    assertThat(owedGens(Samples.switchedBack())).containsExactly(4L, 5L);
    assertThat(MACHINE.owed(Samples.terminal(), NOW)).isEmpty();
  }

  private static List<Long> owedGens(Session session) {
    return MACHINE.owed(session, NOW).stream()
        .filter(Effect.ApplyAtGate.class::isInstance)
        .flatMap(effect -> ((Effect.ApplyAtGate) effect).commits().stream())
        .map(signed -> signed.commit().gen())
        .toList();
  }

  @Test // damping: what a session remembers of its moves
  void residenceTellsWhereASessionCameFromAndWhenAMoveWasUndone() {
    assertThat(Samples.active().residence()).isEqualTo(new Residence(NOW, null, null));
    assertThat(Samples.draining().residence()).isEqualTo(new Residence(NOW, "anchor-a", null));
    Session decided = Samples.decided();
    Session kept = Samples.after(decided, Samples.keptOldPath(decided, NOW), NOW);
    assertThat(kept.residence()).isEqualTo(new Residence(NOW, null, NOW));
  }
}
