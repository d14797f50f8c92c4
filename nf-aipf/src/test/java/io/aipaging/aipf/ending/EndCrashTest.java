package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.world.Faults.Moment;
import io.aipaging.aipf.world.World;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R-07; lease-protocol §5, Release, revoke and Expire: a SIGKILL at every step. */
class EndCrashTest {
  private final World world = new World();
  private final SessionId id = world.paged().id();

  static Stream<Moment> everyStepOfARelease() {
    return Moment.around(
        "store.SESSION_ENDING",
        "gate.applyCommits",
        "anchor-a.applyEND",
        "qos.delete",
        "store.SESSION_RELEASED");
  }

  static Stream<Moment> everyStepOfAnExpiry() {
    return Moment.around("qos.delete", "store.SESSION_ENDING+SESSION_EXPIRED");
  }

  /** When the core does not let the binding go at once. */
  static Stream<Moment> everyStepOfALongerExpiry() {
    return Moment.around("store.SESSION_ENDING", "store.SESSION_EXPIRED");
  }

  @ParameterizedTest // L5.36
  @MethodSource("everyStepOfARelease")
  void theNextProcessFinishesTheReleaseOrStillHasTheSession(Moment moment) {
    world.faults.at(moment, world::die);
    assertThat(catchThrowable(() -> release(world))).isInstanceOf(Error.class);
    world.faults.heal();
    boolean begun = !moment.equals(new Moment("store.SESSION_ENDING", false));
    World next = world.restarted();
    next.settle();
    if (!begun) {
      assertThat(next.session(id).state()).isInstanceOf(SessionState.Active.class);
      assertThat(next.gate.serving(id)).containsExactly("anchor-a");
      release(next);
    }
    next.upkeepUntil(() -> next.session(id).terminal(), Duration.ofSeconds(3));
    assertThat(next.session(id).state()).isInstanceOf(SessionState.Released.class);
    assertThat(next.evidenceTypes(id)).endsWith("SESSION_ENDING", "SESSION_RELEASED");
    next.expectNothingHeld();
  }

  @ParameterizedTest
  @MethodSource("everyStepOfAnExpiry")
  void theNextProcessFinishesTheExpiryAndLengthensNothing(Moment moment) {
    expectExpired(moment);
  }

  @ParameterizedTest
  @MethodSource("everyStepOfALongerExpiry")
  void anExpiryThatCouldNotBeOneWriteIsFinishedToo(Moment moment) {
    boolean[] away = {true};
    world.faults.before(
        "qos.delete",
        () -> {
          if (away[0]) {
            away[0] = false;
            throw Refusal.of(504, "TARGET_NF_NOT_REACHABLE", "by the test");
          }
        });
    expectExpired(moment);
  }

  private void expectExpired(Moment moment) {
    Session session = world.session(id);
    boolean[] reached = {false};
    world.faults.at(
        moment,
        () -> {
          reached[0] = true;
          world.die();
        });
    world.clock.set(world.terms.over(session.state().live().getFirst().expiresAt()));
    for (int tries = 0; tries < 20 && !reached[0]; tries++) {
      world.alarm().ring();
      world.settle();
      world.clock.advance(Duration.ofMillis(500));
    }
    assertThat(reached[0]).as("the step was never reached").isTrue();
    world.faults.heal();
    World next = world.restarted();
    next.upkeepUntil(() -> next.session(id).terminal(), Duration.ofSeconds(3));
    assertThat(next.session(id).state()).isInstanceOf(SessionState.Expired.class);
    assertThat(next.session(id).gen()).isEqualTo(session.gen());
    assertThat(next.evidenceTypes(id)).endsWith("SESSION_ENDING", "SESSION_EXPIRED");
    next.expectNothingHeld();
  }

  private void release(World process) {
    var _ = process.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
  }
}
