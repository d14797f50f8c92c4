package io.aipaging.aipf.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lease-protocol §5, Expire: nobody is needed for a lease to end, somebody to tidy up after it. */
class ExpiryCrashTest {
  private final World world = new World();
  private final Session session = world.paged();
  private final SessionId id = session.id();
  private final Instant exp = session.state().live().getFirst().expiresAt();

  @BeforeEach
  void theProcessDiesBeforeTheLeaseEnds() {
    world.clock.advance(Duration.ofSeconds(10));
    assertThat(catchThrowable(world::die)).isInstanceOf(Error.class);
    world.faults.forgetCalls();
  }

  @Test // L5.31
  void enforcersStopAtTheEndWithoutBeingToldAndTheSlotIsFree() {
    world.clock.set(exp.minusMillis(1));
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isEqualTo(1);
    world.clock.set(exp);
    assertThat(world.gate.grants()).isEmpty();
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
    assertThat(world.faults.calls()).isEmpty();
    assertThat(world.qos.bindings()).as("the core's own clock follows the session").hasSize(1);
  }

  @Test // L5.32
  void theNextProcessRecordsTheEndAndReleasesQosAndNeedsNoEnforcerForIt() {
    world.clock.set(world.terms.over(exp));
    World next = world.restarted();
    next.upkeepUntil(() -> next.session(id).terminal(), Duration.ofSeconds(3));
    assertThat(next.session(id).state()).isInstanceOf(SessionState.Expired.class);
    assertThat(next.session(id).gen()).as("nothing was signed").isEqualTo(session.gen());
    assertThat(next.faults.calls()).containsExactly("qos.delete");
    assertThat(next.evidenceTypes(id)).endsWith("SESSION_ENDING", "SESSION_EXPIRED");
    next.expectNothingHeld();
  }

  @Test
  void betweenTheEndAndItsRecordNothingBringsTheLeaseBack() {
    world.clock.set(exp);
    World next = world.restarted();
    next.settle();
    next.reconcile();
    next.renew.renewLease(next.session(id));
    assertThat(next.gate.grants()).isEmpty();
    assertThat(next.session(id).gen()).isEqualTo(session.gen());
  }

  @Test
  void aCoreThatIsAwayIsAskedAgainUntilItLetsTheBindingGo() {
    world.faults.refuse("qos.delete", 504, "TARGET_NF_NOT_REACHABLE");
    world.clock.set(world.terms.over(exp));
    World next = world.restarted();
    next.upkeepUntil(
        () -> next.session(id).state() instanceof SessionState.Ending, Duration.ofSeconds(3));
    assertThat(next.session(id).state().name()).isEqualTo("ENDING");
    next.clock.advance(Duration.ofSeconds(40));
    next.faults.heal();
    World last = next.restarted();
    last.upkeepUntil(() -> last.session(id).terminal(), Duration.ofSeconds(40));
    assertThat(last.session(id).state()).isInstanceOf(SessionState.Expired.class);
    last.expectNothingHeld();
  }

  @Test
  void aProcessThatIsBackInTimeRenewsAndLengthensNothingByItself() {
    World next = world.restarted();
    next.settle();
    assertThat(((Active) next.session(id).state()).serving().expiresAt()).isEqualTo(exp);
    next.upkeepUntil(() -> next.session(id).gen() == 2, Duration.ofSeconds(20));
    assertThat(next.clock.instant()).isBefore(next.terms.cutoff(exp));
  }
}
