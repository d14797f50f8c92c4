package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.ending.RevokeProcedure.Progress;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.NotAppended;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.paging.PageOutcome;
import io.aipaging.aipf.paging.PageRequest;
import io.aipaging.aipf.relocation.Wish;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** R-21; lease-protocol §5, Release, revoke: all of them and no other. */
class RevokeProcedureTest {
  private static final EndCause OPERATOR =
      new EndCause(EndReason.REVOKED_BY_OPERATOR, "REVOCATION");
  private final World world = new World();

  @Test
  void oneSessionIsTakenAwayAndNoOther() {
    Session one = page(1, "af-1");
    Session other = page(2, "af-1");
    assertThat(world.revoke.revoke(one.id(), OPERATOR, deadline()))
        .isEqualTo(new Progress(1, 1, 0, true));
    assertThat(world.session(one.id()).state()).isInstanceOf(SessionState.Revoked.class);
    assertThat(world.gate.serving(one.id())).isEmpty();
    assertThat(world.session(other.id())).isEqualTo(other);
    assertThat(world.evidence(one.id()).getLast().reason()).isEqualTo("REVOKED_BY_OPERATOR");
  }

  @Test
  void theSessionsOfAnApplicationAreTakenAwayAndNoOther() {
    List<Session> mine = List.of(page(1, "af-1"), page(3, "af-1"));
    List<Session> others = List.of(page(2, "af-2"), page(4, "af-10"));
    assertThat(revoke(SessionQuery.ofAf("af-1"))).isEqualTo(new Progress(2, 2, 0, true));
    expectRevoked(mine);
    expectUntouched(others);
  }

  @Test
  void theSessionsAtAnAnchorAreTakenAwayAndNoOther() {
    List<Session> there = List.of(page(1, "af-1"), page(2, "af-2"));
    Session moved = page(3, "af-1");
    world.relocation.relocate(moved.id(), Wish.to("anchor-b"), "TEST", deadline());
    world.upkeepUntil(() -> drained(moved.id()), Duration.ofSeconds(10));
    assertThat(revoke(SessionQuery.atAnchor("anchor-a"))).isEqualTo(new Progress(2, 2, 0, true));
    expectRevoked(there);
    assertThat(world.gate.serving(moved.id())).containsExactly("anchor-b");
  }

  @Test
  void theSessionsOfAServiceAreTakenAwayAndNoOther() {
    List<Session> all = List.of(page(1, "af-1"), page(2, "af-2"));
    Aisi unknown = Aisi.parse("urn:aisi:example.org:embedding:standard:2");
    assertThat(revoke(SessionQuery.of(unknown))).isEqualTo(new Progress(0, 0, 0, true));
    expectUntouched(all);
    assertThat(revoke(SessionQuery.of(all.getFirst().facts().service().aisi())).ended())
        .isEqualTo(2);
    expectRevoked(all);
  }

  @Test
  void allAreTakenAwayAlsoThoseThatAreMovingAndNothingIsLeft() {
    page(1, "af-1");
    Session drains = page(2, "af-2");
    world.relocation.relocate(drains.id(), Wish.to("anchor-b"), "TEST", deadline());
    assertThat(revoke(SessionQuery.ALL)).isEqualTo(new Progress(2, 2, 0, true));
    world.expectNothingHeld();
  }

  @Test
  void repeatingACompleteRevocationChangesNothing() {
    Session one = page(1, "af-1");
    revoke(SessionQuery.ALL);
    Session revoked = world.session(one.id());
    assertThat(revoke(SessionQuery.ALL)).isEqualTo(new Progress(0, 0, 0, true));
    assertThat(world.session(one.id())).isEqualTo(revoked);
  }

  @Test
  void whatCannotBeReachedIsCountedAsEndingAndFinishedWithoutUs() {
    Session one = page(1, "af-1");
    world.faults.refuse("anchor-a.applyEND", 504, "TARGET_NF_NOT_REACHABLE");
    assertThat(revoke(SessionQuery.ALL)).isEqualTo(new Progress(1, 0, 1, true));
    assertThat(revoke(SessionQuery.ALL)).isEqualTo(new Progress(1, 0, 1, true));
    assertThat(world.gate.grants()).isEmpty();
    world.faults.heal("anchor-a.applyEND");
    world.upkeepUntil(() -> world.session(one.id()).terminal(), Duration.ofMinutes(1));
    world.expectNothingHeld();
  }

  @Test
  void withoutTimeNothingIsBegunAndRepeatingGoesOn() {
    Set<SessionId> paged = new HashSet<>();
    for (int ue = 0; ue < 12; ue++) {
      paged.add(page(ue, "af-1").id());
    }
    world.faults.before("qos.delete", () -> world.clock.advance(Duration.ofMillis(10)));
    int calls = 0;
    int ended = 0;
    boolean complete = false;
    while (!complete) {
      Progress progress =
          world.revoke.revoke(
              SessionQuery.ALL, OPERATOR, world.clock.instant().plus(Duration.ofMillis(50)));
      complete = progress.complete();
      ended += progress.ended();
      assertThat(++calls).isLessThan(100);
    }
    assertThat(calls).isGreaterThan(1);
    World.await(() -> paged.stream().allMatch(id -> world.session(id).terminal()));
    assertThat(paged).allMatch(id -> world.session(id).terminal());
    assertThat(ended).isLessThanOrEqualTo(paged.size());
    assertThat(world.gate.grants()).isEmpty();
  }

  @Test
  void theGuardIsAskedAboutTheVeryRowThatIsReplaced() {
    Session one = page(1, "af-1");
    boolean[] moved = {false};
    world.faults.before(
        "store.SESSION_ENDING",
        () -> {
          if (!moved[0]) { // whoever ends it has read its row and is about to write
            moved[0] = true;
            leave(one.id());
          }
        });
    Progress progress = revoke(SessionQuery.atAnchor("anchor-a"));
    assertThat(progress).isEqualTo(new Progress(0, 0, 0, true));
    assertThat(world.gate.serving(one.id())).containsExactly("anchor-b");
  }

  /** To anchor-b, without a drain. */
  private void leave(SessionId id) {
    world.relocation.relocate(id, Wish.to("anchor-b"), "TEST", deadline());
    try {
      var _ = world.drains.endDrain(world.session(id), "TEST");
    } catch (NotAppended e) {
      throw new AssertionError(e);
    }
  }

  private Session page(int ue, String af) {
    PageRequest request = World.request("10.45.1." + (ue + 1));
    PageRequest ofAf =
        new PageRequest(af, request.subscriber(), request.intent(), null, request.length());
    return ((PageOutcome.Paged) world.pages.page(world.call(), ofAf)).session();
  }

  private Progress revoke(SessionQuery query) {
    return world.revoke.revoke(query, OPERATOR, deadline());
  }

  private Instant deadline() {
    return world.call().deadline();
  }

  private boolean drained(SessionId id) {
    return world.session(id).state() instanceof SessionState.Active active
        && active.draining() == null
        && active.removing().isEmpty();
  }

  private void expectRevoked(List<Session> sessions) {
    for (Session session : sessions) {
      assertThat(world.session(session.id()).state()).isInstanceOf(SessionState.Revoked.class);
      assertThat(world.gate.serving(session.id())).isEmpty();
    }
  }

  private void expectUntouched(List<Session> sessions) {
    assertThat(sessions.stream().map(s -> world.session(s.id())).collect(Collectors.toList()))
        .isEqualTo(new ArrayList<>(sessions));
    sessions.forEach(session -> assertThat(world.gate.serving(session.id())).isNotEmpty());
  }
}
