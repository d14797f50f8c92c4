package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.Together;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lease-protocol §5, Release, revoke and Expire: one winner, and nothing is steered afterwards. */
class EndRacesTest {
  private static final EndCause RELEASED = new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST");
  private static final EndCause REVOKED = new EndCause(EndReason.REVOKED_BY_OPERATOR, "TEST");
  private static final EndCause EXPIRED = new EndCause(EndReason.EXPIRED, "TIME_OVER");
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();

  @RepeatedTest(5)
  void manyReleasesAreOne() throws Exception {
    List<Optional<Session>> ended = Together.run(16, number -> world.ends.end(id, RELEASED), world);
    assertThat(ended).allSatisfy(one -> assertThat(one).isPresent());
    expectOneEnding("SESSION_RELEASED");
  }

  @RepeatedTest(5)
  void manyRevocationsAreOne() throws Exception {
    Together.run(
        16,
        number -> world.revoke.revoke(SessionQuery.ALL, REVOKED, world.call().deadline()),
        world);
    expectOneEnding("SESSION_REVOKED");
  }

  @RepeatedTest(5)
  void aReleaseAndARevocationHaveOneWinner() throws Exception {
    Together.run(16, number -> world.ends.end(id, number % 2 == 0 ? RELEASED : REVOKED), world);
    assertThat(world.session(id).terminal()).isTrue();
    expectOneEnding("SESSION_" + world.session(id).state().name());
  }

  @RepeatedTest(10)
  void aMoveTheExpiryAndARevocationAtTheSameInstantHaveOneWinner() throws Exception {
    Instant exp = session.state().live().getFirst().expiresAt();
    world.clock.set(exp);
    List<Object> results =
        Together.run(
            9,
            number ->
                switch (number % 3) {
                  case 0 -> relocate();
                  case 1 -> world.ends.end(id, REVOKED);
                  default -> world.ends.end(id, EXPIRED);
                },
            world);
    assertThat(results).noneMatch(RelocationOutcome.Moved.class::isInstance);
    expectOneEnding("SESSION_" + world.session(id).state().name());
  }

  @RepeatedTest(10) // while the move may still succeed
  void aMoveAndARevocationAtTheSameInstantEndRevoked() throws Exception {
    Together.run(
        6, number -> number == 2 ? world.ends.end(id, REVOKED) : (Object) relocate(), world);
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(30));
    world.clock.advance(world.terms.holdTtl());
    expectOneEnding("SESSION_REVOKED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store.SESSION_RELOCATING",
        "anchor-b.createHold",
        "store.LEASE_COMMITTED",
        "anchor-b.applySERVE",
        "gate.probeREACHABLE",
        "store.LEASE_DRAINING",
        "gate.applyCommits",
        "gate.probeSTEERED",
        "store.SESSION_RELOCATED",
        "anchor-a.applyDRAIN"
      })
  void aSessionThatExpiresAndIsRevokedAtAnyStepOfAMoveEndsOnce(String point) {
    world.faults.before(
        point,
        () -> {
          world.faults.heal(point);
          world.clock.set(session.state().live().getFirst().expiresAt());
          world.ends.end(id, EXPIRED);
          world.ends.end(id, REVOKED);
        });
    assertThat(relocate()).isNotInstanceOf(RelocationOutcome.KeptOldPath.class);
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(60));
    world.clock.advance(world.terms.holdTtl());
    expectOneEnding("SESSION_" + world.session(id).state().name());
  }

  /** What was taken away, and how. */
  enum End {
    SESSION,
    LEASE
  }

  @ParameterizedTest // lease-protocol §3, Fences
  @EnumSource(End.class)
  void everyCommitThatWasEverSignedStaysRefusedAtGateAndAnchorAfterTheEnd(End end)
      throws Exception {
    List<SignedCommit> signed = new ArrayList<>();
    signed.add(newest());
    world.renew.renewLease(world.session(id));
    signed.add(newest());
    if (end == End.SESSION) {
      world.ends.end(id, REVOKED);
    } else {
      relocate();
      signed.add(((SessionState.Active) world.session(id).state()).draining().commit());
      world.drains.endDrain(world.session(id), "TEST");
    }
    for (SignedCommit replayed : signed) {
      Call call = world.call();
      assertRefused(() -> world.gate.applyCommits(call, new ApplyCommits(List.of(replayed.jws()))));
      assertRefused(
          () -> world.anchors.get("anchor-a").applyCommit(call, new ApplyCommit(replayed.jws())));
    }
    assertThat(world.gate.serving(id)).doesNotContain("anchor-a");
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
  }

  private SignedCommit newest() {
    return world.session(id).state().live().getFirst().commit();
  }

  private static void assertRefused(ThrowingCallable replay) {
    Refusal refusal = org.assertj.core.api.Assertions.catchThrowableOfType(Refusal.class, replay);
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.problemCause()).isIn("STALE_GENERATION", "HOLD_NOT_FOUND");
  }

  private RelocationOutcome relocate() {
    return world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", world.call().deadline());
  }

  private void expectOneEnding(String terminal) {
    List<String> types = world.evidenceTypes(id);
    assertThat(types.stream().filter("SESSION_ENDING"::equals)).hasSize(1);
    assertThat(types.getLast()).isEqualTo(terminal);
    assertThat(types).hasSize((int) world.session(id).version());
    world.expectNothingHeld();
  }
}
