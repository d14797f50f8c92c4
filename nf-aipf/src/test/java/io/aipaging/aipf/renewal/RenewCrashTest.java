package io.aipaging.aipf.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState.Active;
import io.aipaging.aipf.world.Faults.Moment;
import io.aipaging.aipf.world.World;
import io.aipaging.protocol.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lease-protocol §5, Renew and Recover: a SIGKILL of the AIPF at every step of a renewal. */
class RenewCrashTest {
  private static final Duration LONGER = Duration.ofMinutes(20);
  private final World world = new World();
  private final Session paged = world.paged();
  private final SessionId id = paged.id();
  private final Instant oldExp = paged.state().live().getFirst().expiresAt();

  static Stream<Moment> everyStepOfTheAipfsOwn() {
    return Moment.around("store.LEASE_RENEWED", "gate.applyCommits", "anchor-a.applySERVE");
  }

  static Stream<Moment> everyStepOfTheClients() {
    return Moment.around(
        "qos.confirm", "store.SESSION_EXTENDED", "gate.applyCommits", "anchor-a.applySERVE");
  }

  @ParameterizedTest // L5.14
  @MethodSource("everyStepOfTheAipfsOwn")
  void theNextProcessBringsTheVeryCommitThatIsDurable(Moment moment) {
    world.clock.advance(Duration.ofSeconds(15));
    killed(moment, () -> world.renew.renewLease(world.session(id)));
    expectCarried();
    World next = world.restarted();
    Session row = next.session(id);
    next.settle();
    next.reconcile();
    assertThat(next.session(id)).as("nothing is signed anew").isEqualTo(row);
    expectAsInTheRow(next);
    expectCleanEnd(next);
  }

  @ParameterizedTest
  @MethodSource("everyStepOfTheAipfsOwn")
  void withoutANextProcessEachEnforcerStopsAtTheEndOfWhatItHas(Moment moment) {
    world.clock.advance(Duration.ofSeconds(15));
    killed(moment, () -> world.renew.renewLease(world.session(id)));
    Instant gateStops = world.gate.steeredUntil(id);
    Instant newExp = serving(world.restarted()).expiresAt(); // that one does nothing
    assertThat(gateStops).isIn(oldExp, newExp);
    world.clock.set(gateStops);
    assertThat(world.gate.grants()).isEmpty();
    world.clock.set(newExp);
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isZero();
  }

  @ParameterizedTest
  @MethodSource("everyStepOfTheAipfsOwn")
  void afterTheOldEndTheSessionIsUsableOrOverAndNoLeaseIsLonger(Moment moment) {
    world.clock.advance(Duration.ofSeconds(15));
    killed(moment, () -> world.renew.renewLease(world.session(id)));
    world.clock.set(world.terms.over(oldExp));
    World next = world.restarted();
    Instant durable = serving(next).expiresAt();
    next.alarm().ring();
    next.settle();
    next.reconcile();
    next.settle();
    assertThat(next.gate.steeredUntil(id)).isBeforeOrEqualTo(leaseOrTerm(next, durable));
    if (next.session(id).state() instanceof Active active) {
      assertThat(durable).as("only what had been renewed lives on").isAfter(oldExp);
      assertThat(next.gate.serving(id)).containsExactly(active.serving().anchor().id());
      assertThat(next.anchors.get(active.serving().anchor().id()).roleOf(active.serving().id()))
          .isNotNull();
    } else {
      next.upkeepUntil(() -> next.session(id).terminal(), Duration.ofSeconds(3));
    }
    expectCleanEnd(next);
  }

  @ParameterizedTest
  @MethodSource("everyStepOfTheClients")
  void aClientsRenewalIsInTheRowAndBroughtOrNeverWas(Moment moment) {
    world.clock.advance(Duration.ofSeconds(10));
    killed(moment, () -> world.renew.extend(id, LONGER, world.call().deadline()));
    expectCarried();
    World next = world.restarted();
    Session row = next.session(id);
    next.settle();
    next.reconcile();
    assertThat(next.session(id).expiresAt()).isEqualTo(row.expiresAt());
    expectAsInTheRow(next);
    assertThat(next.renew.extend(id, LONGER, next.call().deadline()))
        .as("its client asks again")
        .isInstanceOf(RenewalOutcome.Renewed.class);
    expectAsInTheRow(next);
    expectCleanEnd(next);
  }

  private void killed(Moment moment, ThrowingCallable work) {
    world.faults.at(moment, world::die);
    assertThat(catchThrowable(work)).as("the step was never reached").isInstanceOf(Error.class);
    world.faults.heal();
  }

  /** Invariant 2: a dead AIPF interrupts nothing while a lease lives. */
  private void expectCarried() {
    assertThat(world.gate.serving(id)).containsExactly("anchor-a");
    assertThat(world.anchors.get("anchor-a").slotsHeld()).isEqualTo(1);
  }

  private void expectAsInTheRow(World process) {
    Lease.Serving serving = serving(process);
    assertThat(process.gate.grants()).containsExactly(serving.commit().commit());
    assertThat(process.gate.steeredUntil(id)).isEqualTo(serving.expiresAt());
    assertThat(process.anchors.get("anchor-a").genOf(serving.id())).isEqualTo(serving.gen());
  }

  private Instant leaseOrTerm(World process, Instant durable) {
    Instant now =
        process.session(id).state() instanceof Active a ? a.serving().expiresAt() : durable;
    return now.isAfter(durable) ? now : durable;
  }

  private Lease.Serving serving(World process) {
    return ((Active) process.session(id).state()).serving();
  }

  private void expectCleanEnd(World process) {
    var _ = process.ends.end(id, new EndCause(EndReason.RELEASED_BY_CLIENT, "TEST"));
    process.upkeepUntil(() -> process.session(id).terminal(), Duration.ofSeconds(60));
    assertThat(process.evidence(id)).hasSize((int) process.session(id).version());
    process.expectNothingHeld();
  }
}
