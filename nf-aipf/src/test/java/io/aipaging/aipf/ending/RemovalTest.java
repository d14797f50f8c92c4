package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** L1.6: a refused removal is taken for done only where nothing can be left. */
class RemovalTest {
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();

  @ParameterizedTest
  @CsvSource({
    "gate.applyCommits, 409, STALE_GENERATION",
    "anchor-a.applyEND, 409, STALE_GENERATION",
    "qos.delete, 404, BINDING_NOT_FOUND",
  })
  void whatIsAtSomethingNewerOrGoneNeedsNoRemoval(String point, int status, String cause) {
    world.faults.refuse(point, status, cause);
    assertThat(released().terminal()).isTrue();
  }

  @ParameterizedTest // L1.6
  @CsvSource({
    "gate.applyCommits, 409, FLOW_IN_USE",
    "gate.applyCommits, 404, RESOURCE_URI_STRUCTURE_NOT_FOUND",
    "anchor-a.applyEND, 409, HOLD_NOT_FOUND",
    "anchor-a.applyEND, 404, RESOURCE_URI_STRUCTURE_NOT_FOUND",
    "qos.delete, 404, RESOURCE_URI_STRUCTURE_NOT_FOUND",
    "qos.delete, 409, BINDING_REF_IN_USE",
  })
  void anyOtherRefusalIsTriedAgainWhileTheSessionStaysVisible(
      String point, int status, String cause) {
    world.faults.refuse(point, status, cause);
    assertThat(released().state()).isInstanceOf(SessionState.Ending.class);
    world.faults.heal();
    world.upkeepUntil(() -> world.session(id).terminal(), Duration.ofSeconds(5));
    world.expectNothingHeld();
  }

  @Test
  void aBindingNobodyConfirmsGoneKeepsTheSessionEndingAlsoWhenEveryLeaseIsOver() {
    world.faults.refuse("qos.delete", 404, "RESOURCE_URI_STRUCTURE_NOT_FOUND");
    released();
    world.clock.set(world.terms.over(session.expiresAt()).plusSeconds(60));
    world.alarm().ring();
    world.settle();
    assertThat(world.session(id).state().name()).isEqualTo("ENDING");
  }

  private Session released() {
    return world.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST")).orElseThrow();
  }
}
