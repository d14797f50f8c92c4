package io.aipaging.smfadapter.steering;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.EnforcedLease;
import io.aipaging.protocol.EndScope;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody else takes away what the gate carries. */
class MendingTest extends SteeringServiceScenario {
  @Test
  void whatIsGoneIsRestoredFromTheLeasesWithTheTimeTheyHaveLeft() {
    apply(serve("lease-aa", 1));
    Grant grant = driver.last().carried().getFirst().grant();
    clock.advance(Duration.ofSeconds(10));
    driver.disturb();

    service.mend();

    assertThat(driver.live()).containsExactly(grant.id());
    assertThat(driver.restored.getLast())
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.carried())
                    .containsExactly(
                        new Carried(
                            grant, TERM.minus(MARGIN).minus(Duration.ofSeconds(10)), true)));
    int restored = driver.restored.size();
    service.mend();
    assertThat(driver.restored).as("nothing to mend").hasSize(restored);
  }

  @Test
  void whatIsOverOrEndedIsNotRestored() {
    apply(serve("lease-aa", 1));
    apply(serve("lease-bb", 1).of("session-2").flow(udp()));
    apply(serve("lease-bb", 2).of("session-2").flow(udp()).ending(EndScope.SESSION));
    clock.advance(TERM);
    driver.disturb();

    service.mend();

    assertThat(driver.live()).isEmpty();
  }

  @Test
  void aStepFindsTheGateInOrder() {
    apply(serve("lease-aa", 1));
    driver.disturb();

    apply(serve("lease-bb", 1).of("session-2").flow(udp()));

    assertThat(driver.live()).hasSize(2);
    assertThat(grants()).extracting(EnforcedLease::leaseId).contains("lease-aa", "lease-bb");
  }

  @Test
  void aGateThatCannotBePutInOrderRefuses() {
    apply(serve("lease-aa", 1));
    driver.disturb();
    driver.failNext();

    assertRefused(() -> apply(serve("lease-aa", 2)), 500, "STEERING_FAILURE");

    assertThat(driver.live()).isEmpty();
    service.mend();
    assertThat(driver.live()).hasSize(1);
    apply(serve("lease-aa", 2));
  }

  @Test
  void clocksThatDoNotAgreeRestoreNothing() {
    apply(serve("lease-aa", 1));
    clock.step(Duration.ofSeconds(5));
    driver.disturb();

    service.mend();

    assertThat(driver.live()).isEmpty();
  }
}
