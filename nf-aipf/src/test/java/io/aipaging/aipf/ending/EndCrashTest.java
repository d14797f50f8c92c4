package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.world.Faults.Moment;
import io.aipaging.aipf.world.World;
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
    return Moment.around("store.SESSION_ENDING", "qos.delete", "store.SESSION_EXPIRED");
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
    Session session = world.session(id);
    var exp = session.state().live().getFirst().expiresAt();
    world.faults.at(moment, world::die);
    world.clock.set(world.terms.over(exp));
    world.alarm().ring();
    world.settle();
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
