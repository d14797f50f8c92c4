package io.aipaging.aipf.lease;

import static io.aipaging.aipf.lease.Samples.MACHINE;
import static io.aipaging.aipf.lease.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.memory.InMemoryLeaseStore;
import io.aipaging.aipf.world.Model;
import io.aipaging.protocol.EvidenceChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random events at random times against enforcers that obey whatever COMMITs the machine let
 * through, in random order and some never, lease-protocol §2.
 */
class LeaseMachineWalkTest {
  private static final int STEPS = 400;

  @ParameterizedTest // L1.3
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void noWalkBreaksAnInvariant(long seed) {
    assertThat(walk(seed)).isNotEmpty();
  }

  @Test
  void theWalksTogetherMakeEveryKindOfMove() {
    Set<String> moves = new TreeSet<>();
    for (long seed = 1; seed <= 60; seed++) {
      moves.addAll(walk(seed));
    }
    assertThat(moves)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(SessionEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  private static Set<String> walk(long seed) {
    Set<String> moves = new TreeSet<>();
    Random random = new Random(seed);
    InMemoryLeaseStore store = new InMemoryLeaseStore(10, Duration.ofDays(1));
    Model enforcers = new Model(random);
    Transition begun = Samples.begin(Samples.facts(Samples.id(), "10.45.0.2", "nef-1", null));
    store.append(begun);
    Session session = begun.after();
    Instant now = NOW;
    for (int step = 0; step < STEPS && !session.terminal(); step++) {
      now = now.plusMillis(random.nextInt(600));
      SessionEvent event;
      try {
        event = RandomEvents.next(session, now, random);
      } catch (IllegalArgumentException e) {
        continue; // a COMMIT that would be over when it is signed does not even exist
      }
      if (MACHINE.decide(session, event, now) instanceof Decision.Legal(Transition transition)) {
        String as = "seed " + seed + " step " + step + " " + event.getClass().getSimpleName();
        assertThat(store.append(transition)).as(as).isInstanceOf(AppendResult.Appended.class);
        moves.add(event.getClass().getSimpleName());
        enforcers.deliver(transition.effects(), now);
        requireInvariants(transition, as);
        session = transition.after();
      }
      enforcers.deliverLate(now);
      enforcers.requireInvariants(session, now, "seed " + seed + " step " + step);
    }
    List<String> evidence = store.evidence(session.id(), 1, STEPS * 2);
    assertThat(evidence).hasSize((int) session.version());
    assertThat(EvidenceChain.verify(evidence)).isInstanceOf(EvidenceChain.Verdict.Verified.class);
    return moves;
  }

  private static void requireInvariants(Transition transition, String as) {
    Session before = transition.before();
    Session after = transition.after();
    assertThat(after.gen()).as(as).isGreaterThanOrEqualTo(before.gen());
    assertThat(after.expiresAt()).as(as).isAfterOrEqualTo(before.expiresAt());
    assertThat(after.expiresAt()).as(as).isBeforeOrEqualTo(after.facts().expiresAtMax());
    assertThat(after.state().live()).as(as).hasSizeLessThanOrEqualTo(2);
    after
        .state()
        .live()
        .forEach(
            lease -> {
              assertThat(lease.gen()).as(as).isLessThanOrEqualTo(after.gen());
              assertThat(lease.expiresAt()).as(as).isBeforeOrEqualTo(after.expiresAt());
            });
    if (after.state() instanceof SessionState.Ending || after.terminal()) {
      assertThat(after.token()).as(as).isNull();
    }
  }
}
