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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lease-protocol §4 and the clauses of §2, §3, §5 that the machine alone decides. */
class LeaseMachineTest {
  private static final Map<String, Supplier<Session>> STATES = new LinkedHashMap<>();
  private static final Map<String, Function<Session, SessionEvent>> EVENTS = new LinkedHashMap<>();

  /** Every legal move. What is not here is refused, and the table is complete. */
  private static final Map<String, Map<String, String>> LEGAL =
      Map.of(
          "PREPARING", Map.of("committed", "PREPARING", "ended", "ENDING"),
          "PREPARING committed", Map.of("activated", "ACTIVE", "ended", "ENDING"),
          "ACTIVE",
              Map.of(
                  "renewed", "ACTIVE",
                  "extended", "ACTIVE",
                  "moveDecided", "RELOCATING",
                  "ended", "ENDING"),
          "ACTIVE draining",
              Map.of(
                  "renewed", "ACTIVE",
                  "extended", "ACTIVE",
                  "drainEnded", "ACTIVE",
                  "ended", "ENDING"),
          "ACTIVE removing",
              Map.of(
                  "renewed", "ACTIVE",
                  "extended", "ACTIVE",
                  "moveDecided", "RELOCATING",
                  "leaseRemoved", "ACTIVE",
                  "ended", "ENDING"),
          "RELOCATING decided",
              Map.of("targetCommitted", "RELOCATING", "keptOldPath", "ACTIVE", "ended", "ENDING"),
          "RELOCATING target committed",
              Map.of("switched", "RELOCATING", "keptOldPath", "ACTIVE", "ended", "ENDING"),
          "RELOCATING switched",
              Map.of("moved", "ACTIVE", "switchedBack", "RELOCATING", "ended", "ENDING"),
          "RELOCATING switched back", Map.of("oldPathRestored", "ACTIVE", "ended", "ENDING"),
          "ENDING", Map.of("finished", "RELEASED"));

  static {
    STATES.put("PREPARING", Samples::preparing);
    STATES.put("PREPARING committed", Samples::preparingCommitted);
    STATES.put("ACTIVE", Samples::active);
    STATES.put("ACTIVE draining", Samples::draining);
    STATES.put("ACTIVE removing", Samples::removing);
    STATES.put("RELOCATING decided", Samples::decided);
    STATES.put("RELOCATING target committed", Samples::targetCommitted);
    STATES.put("RELOCATING switched", Samples::switched);
    STATES.put("RELOCATING switched back", Samples::switchedBack);
    STATES.put("ENDING", Samples::ending);
    STATES.put("RELEASED", Samples::terminal);
    EVENTS.put("committed", s -> Samples.committed(s, NOW));
    EVENTS.put("activated", s -> Samples.activated(s, NOW));
    EVENTS.put("renewed", s -> Samples.renewed(s, NOW));
    EVENTS.put("extended", s -> Samples.extended(s, Duration.ofMinutes(1), NOW));
    EVENTS.put("moveDecided", s -> Samples.moveDecided("TEST"));
    EVENTS.put("targetCommitted", s -> Samples.targetCommitted(s, NOW));
    EVENTS.put("switched", s -> Samples.switched(s, NOW));
    EVENTS.put("moved", s -> new SessionEvent.Moved());
    EVENTS.put("keptOldPath", s -> Samples.keptOldPath(s, NOW));
    EVENTS.put("switchedBack", s -> Samples.switchedBack(s, NOW));
    EVENTS.put("oldPathRestored", s -> new SessionEvent.OldPathRestored());
    EVENTS.put("drainEnded", s -> Samples.drainEnded(s, NOW));
    EVENTS.put("leaseRemoved", LeaseMachineTest::leaseRemoved);
    EVENTS.put("ended", s -> Samples.ended(s, Samples.RELEASE, NOW));
    EVENTS.put("finished", s -> new SessionEvent.Finished());
  }

  private static SessionEvent leaseRemoved(Session session) {
    List<Lease.Ended> removing = session.state().removing();
    return new SessionEvent.LeaseRemoved(
        removing.isEmpty() ? Samples.hold(Samples.A).id() : removing.getFirst().id());
  }

  @TestFactory
  Stream<DynamicTest> everyPairOfStateAndEventIsLegalOrRefused() {
    List<DynamicTest> tests = new ArrayList<>();
    STATES.forEach(
        (state, make) ->
            EVENTS.forEach(
                (event, of) ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            state + " · " + event, () -> check(state, make.get(), event, of)))));
    return tests.stream();
  }

  private static void check(
      String state, Session session, String event, Function<Session, SessionEvent> of) {
    String to = LEGAL.getOrDefault(state, Map.of()).get(event);
    switch (MACHINE.decide(session, of.apply(session), NOW)) {
      case Decision.Legal(Transition transition) -> {
        assertThat(transition.after().state().name()).isEqualTo(to);
        assertThat(transition.after().version()).isEqualTo(session.version() + 1);
        assertThat(transition.evidence().session()).isEqualTo(session.id());
      }
      case Decision.Illegal(String cause) -> assertThat(to).as(cause).isNull();
    }
  }

  @Test // §1: every COMMIT signed for a session, whatever its role, takes the next gen
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

  @Test // §5 Renew: from exp − skewMargin − delivery budget on, renewal is refused
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

  @Test // §5 Renew: the client extends within the maximum lifetime, never shortens
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

  @Test // §5 Release: the end is signed whenever a COMMIT was
  void aSessionWithACommitDoesNotEndWithoutASignedEnd() {
    Session active = Samples.active();
    assertThat(
            MACHINE.decide(
                active,
                new SessionEvent.Ended(Samples.RELEASE, null, List.of(), Samples.RUNNER),
                NOW))
        .isEqualTo(new Decision.Illegal("COMMIT_MISMATCH"));
  }

  @Test // §4: PREPARING → ENDING → REJECTED
  void whateverEndsAPageItEndsRejected() {
    Session preparing = Samples.preparing();
    Session ending = Samples.after(preparing, Samples.ended(preparing, Samples.RELEASE, NOW), NOW);
    assertThat(Samples.after(ending, new SessionEvent.Finished(), NOW).state())
        .isInstanceOf(SessionState.Rejected.class);
  }

  @Test // §5 Release: remove steering, then anchor, then QoS
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

  @Test // §3: an end's fence is kept until every COMMIT it refuses has expired
  void anEndOutlivesEveryCommitItRefuses() {
    Session draining = Samples.draining();
    Commit end = ISSUER.endSession(draining, NOW).commit();
    Active active = (Active) draining.state();
    assertThat(end.expiresAt())
        .isAfterOrEqualTo(active.serving().expiresAt())
        .isAfterOrEqualTo(active.draining().servedUntil());
    assertThat(end.audience()).containsExactly("gate-1", "agent-anchor-b", "agent-anchor-a");
  }

  @Test // §2.4: at most two leases are live
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
}
