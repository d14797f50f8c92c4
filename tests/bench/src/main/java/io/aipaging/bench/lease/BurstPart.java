package io.aipaging.bench.lease;

import io.aipaging.aipf.upkeep.Alarm;
import io.aipaging.bench.Finding;
import io.aipaging.bench.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Leases that expire in the same second, while pages come at a steady rate: how long until all of
 * them are ended, and how long pages take meanwhile. Time is real here; peers are in this process.
 */
final class BurstPart implements Part {
  private static final double GOAL_SECONDS = 5;
  private static final double GOAL_P99 = 2;
  private static final int CACHE_MEGABYTES = 32;
  private static final int AT_ONCE = 16;

  /** One part in so many of a burst comes before the first, to warm up. */
  private static final int WARM_UP_DIVISOR = 3;

  /**
   * When the first leases expire, and how long after them the next: all sooner than a lease lasts,
   * so that none is renewed, and far enough apart for a slow machine.
   */
  private static final Duration FIRST = Duration.ofMinutes(20);

  private static final Duration GAP = Duration.ofMinutes(10);

  /** Until anchors have said again that they are well, after time was put forward. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private final Setting setting;
  private final Effort.Burst effort;
  private final Samples calm = new Samples();
  private final Samples disturbed = new Samples();
  private final AtomicLong pages = new AtomicLong();

  BurstPart(Setting setting) {
    this.setting = setting;
    this.effort = setting.effort().burst();
  }

  @Override
  public List<Finding> measure() {
    BenchClock clock = new BenchClock();
    Instant now = clock.instant();
    fill(now);
    WillingPeers peers = new WillingPeers(setting.keys(), Seeds.SET, clock);
    AtomicReference<@Nullable WheelInHand> made = new AtomicReference<>();
    Alarm.Factory alarms =
        bell -> {
          made.set(new WheelInHand(bell, clock));
          return Objects.requireNonNull(made.get());
        };
    try (LiveAipf aipf =
            LiveAipf.among(
                peers, setting.aipf("burst", CACHE_MEGABYTES, LiveAipf.LONG_TERMS), clock, alarms);
        WheelInHand wheel = Objects.requireNonNull(made.get())) {
      Endings endings = new Endings(aipf, peers, clock);
      wheel.putForwardTo(second(now, 0));
      endings.await(warmUp());
      aipf.awaitService();
      var _ = Crowd.doing(effort.warmUpPages(), AT_ONCE, number -> page(aipf));
      List<Cost> costs = new ArrayList<>();
      for (int round = 1; round <= effort.rounds(); round++) {
        Instant second = second(now, round);
        wheel.putForwardTo(second.minus(effort.calm()).minus(SETTLING));
        aipf.awaitService();
        Cost cost = burst(aipf, endings, second, warmUp() + (long) round * effort.leases());
        costs.add(cost);
      }
      return findings(new Pairs(costs, costs));
    }
  }

  private Cost burst(LiveAipf aipf, Endings endings, Instant second, long ended) {
    try (Traffic traffic = new Traffic(() -> page(aipf))) {
      endings.pauseUntil(second.minus(effort.calm()));
      traffic.into(calm);
      endings.pauseUntil(second);
      traffic.into(disturbed);
      return Cost.of(
          () -> {
            endings.await(ended);
            return effort.leases();
          });
    }
  }

  private int warmUp() {
    return effort.leases() / WARM_UP_DIVISOR;
  }

  /** The n-th second in which leases expire; number 0 is for warming up. */
  private static Instant second(Instant start, int number) {
    return start.plus(FIRST).plus(GAP.multipliedBy(number)).truncatedTo(ChronoUnit.SECONDS);
  }

  private List<Finding> findings(Pairs bursts) {
    double before = calm.percentile(99).toNanos() / 1e6;
    double during = disturbed.percentile(99).toNanos() / 1e6;
    return List.of(
        new Finding(
            "burstSeconds",
            effort.leases() + " leases of one second are ended after",
            bursts.ours(Cost::wallSeconds),
            "s",
            Finding.Goal.atMost(GOAL_SECONDS)),
        Finding.of(
            "endingCpu",
            "CPU of an ending, pages meanwhile included",
            bursts.ours(Cost::cpuMicros),
            "µs"),
        Finding.of("calmPageP99Ms", "p99 of a page before", before, "ms"),
        Finding.of("burstPageP99Ms", "p99 of a page meanwhile", during, "ms"),
        new Finding(
            "burstPageP99ToCalm", "ratio", during / before, "", Finding.Goal.atMost(GOAL_P99)));
  }

  private void fill(Instant now) {
    Seeds seeds = setting.unsigned(LiveAipf.LONG_TERMS);
    Filling.fill(
        setting.folder().resolve("burst"),
        LiveAipf.limitsOf(CACHE_MEGABYTES),
        warmUp() + (long) effort.rounds() * effort.leases(),
        number -> {
          long counted = number - warmUp();
          int second = counted < 0 ? 0 : 1 + (int) (counted / effort.leases());
          Instant end = second(now, second).plusMillis(number % 1_000);
          return seeds.page(number, now, end);
        });
  }

  private void page(LiveAipf aipf) {
    var _ = aipf.page(Seeds.pagedUe(pages.getAndIncrement()));
  }
}
