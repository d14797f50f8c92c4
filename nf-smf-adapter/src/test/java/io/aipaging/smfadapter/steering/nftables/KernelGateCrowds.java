package io.aipaging.smfadapter.steering.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.Flow;
import io.aipaging.protocol.Transport;
import io.aipaging.smfadapter.steering.DatagramStream;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.UeConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the kernel gate does with many grants, and with many datagrams of one flow that moves. */
abstract class KernelGateCrowds extends KernelGateLab {
  private static final Duration DRAIN = Duration.ofMillis(900);

  /** By how much many grants written together may outlive the first: within the skew margin. */
  private static final Duration LATE_MAX = Duration.ofMillis(200);

  /** A restore that takes longer than half of this is not one to wait for. */
  private static final Duration TERM_MAX = Duration.ofSeconds(128);

  /** So long after their end the kernel has cleared away what is over; it does so every second. */
  private static final Duration CLEARED = Duration.ofSeconds(2);

  KernelGateCrowds(LabFamily family, boolean rewriting) {
    super(family, rewriting);
  }

  @Test // L5.19
  void noDatagramIsLostInAMove() throws Exception {
    for (int ue : new int[] {1, 2}) {
      Flow flow = flow(ue, LabGate.SLOW_PORT);
      Grant old = grant("a", LabGate.SLOW_PORT);
      driver().apply(step(flow, old));
      try (DatagramStream early = new DatagramStream(datagrams(ue, LabGate.SLOW_PORT))) {
        awaitAnswerer(early, 'a');
        for (String target : List.of("b", "a", "b")) {
          Grant fresh = grant(target, LabGate.SLOW_PORT);
          driver()
              .apply(
                  new SteeringStep(
                      flow,
                      List.of(
                          new Carried(fresh, Duration.ofSeconds(20), true),
                          new Carried(old, DRAIN, false)),
                      List.of()));
          try (DatagramStream late = new DatagramStream(datagrams(ue, LabGate.SLOW_PORT))) {
            awaitAnswerer(late, target.charAt(0));
            assertThat(early.lastAnswerer()).isNotEqualTo(target.charAt(0));
            awaitAnswerer(early, target.charAt(0));
            awaitOver(old);
            assertThat(late.endedWithout()).as("begun in the drain to " + target).isEmpty();
          }
          old = fresh;
        }
        assertThat(early.endedWithout()).as("begun before").isEmpty();
      }
      driver().apply(new SteeringStep(flow, List.of(), List.of(old)));
    }
  }

  private static void awaitAnswerer(DatagramStream stream, char anchor) {
    long patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (stream.lastAnswerer() != anchor) {
      assertThat(System.nanoTime()).as("answers of " + anchor).isLessThan(patience);
      Thread.onSpinWait();
    }
  }

  private void awaitOver(Grant grant) throws Exception {
    while (driver().isLive(grant.id())) {
      Thread.onSpinWait();
    }
  }

  @Test
  void fiftyThousandGrantsExpireTogether() throws Exception {
    long end = restored(term -> crowd(50_000, 0, term));
    assertThat(driver().live()).hasSize(50_000);

    try (UeConnection ue = new UeConnection(connect(1))) {
      assertThat(ue.lastEchoSentNanos()).isLessThan(end + LATE_MAX.toNanos());
    }
    while (System.nanoTime() < end + LATE_MAX.toNanos()) {
      Thread.onSpinWait();
    }
    assertThat(driver().live()).isEmpty();
    assertThatThrownBy(() -> new UeConnection(connect(1))).isInstanceOf(IOException.class);
    driver().restore(List.of());
  }

  /** The kernel clears away what is over while it tells what is not. */
  @Test
  void noGrantIsMissedWhileOthersAreOver() throws Exception {
    Set<GrantId> staying = new TreeSet<>();
    long end =
        restored(
            term -> {
              List<SteeringStep> stay = crowd(12_500, 0, TERM_MAX);
              List<SteeringStep> crowd = new ArrayList<>(crowd(37_500, stay.size(), term));
              crowd.addAll(stay);
              staying.clear();
              stay.forEach(step -> staying.add(step.carried().getFirst().grant().id()));
              return crowd;
            });
    assertThat(driver().live()).hasSize(50_000);

    while (System.nanoTime() < end + CLEARED.toNanos()) {
      assertThat(driver().live().containsAll(staying)).as("all that stay are told").isTrue();
    }

    assertThat(driver().live()).isEqualTo(staying);
    driver().restore(List.of());
  }

  @Test
  void aThousandGrantsAreRestoredAndEndTogether() throws Exception {
    List<SteeringStep> crowd = crowd(1_000, 0, Duration.ofSeconds(20));
    driver().restore(crowd);
    assertThat(driver().live()).hasSize(1_000);

    run("nft", "delete", "table", "inet", NftablesConfig.TABLE);
    driver().restore(crowd);
    assertThat(driver().live()).hasSize(1_000);

    driver().restore(List.of());
    assertThat(driver().live()).isEmpty();
  }

  /**
   * Restores a crowd with a term of which half is left when that is done.
   *
   * @return when the term ends, {@link System#nanoTime}
   */
  private long restored(Function<Duration, List<SteeringStep>> crowd) throws Exception {
    Duration term = Duration.ofSeconds(4);
    long end;
    do {
      term = term.multipliedBy(2);
      assertThat(term).as("a term in which this machine restores").isLessThan(TERM_MAX);
      List<SteeringStep> steps = crowd.apply(term);
      end = System.nanoTime() + term.toNanos();
      driver().restore(steps);
    } while (!driver().isUndisturbed() || end - System.nanoTime() < term.toNanos() / 2);
    return end;
  }

  /** A grant of each of many UEs, of which UE 1 is the first of all. */
  private List<SteeringStep> crowd(int size, int after, Duration term) {
    Flow first = flow(1, Transport.TCP);
    List<SteeringStep> crowd = new ArrayList<>();
    for (int i = after; i < after + size; i++) {
      Flow flow = i == 0 ? first : new Flow(ue(i), first.service());
      Grant grant = new Grant(nextGrantId(), anchor("a"));
      crowd.add(new SteeringStep(flow, List.of(new Carried(grant, term, true)), List.of()));
    }
    return crowd;
  }
}
