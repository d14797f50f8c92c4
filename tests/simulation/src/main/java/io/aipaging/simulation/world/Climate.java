package io.aipaging.simulation.world;

import io.aipaging.aipf.AipfConfig;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.simulation.aipf.Surroundings;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.network.Weather;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What kind of history a seed makes.
 *
 * @param calm no faults at all: then nothing excuses anything
 * @param replicas of the AIPF
 * @param gates in front of the anchors
 * @param terms the times leases live by
 * @param weather of the network
 * @param ills of the gates' kernels and of disks
 * @param peril probability that a process dies at an effect
 * @param faults how many befall it
 */
public record Climate(
    boolean calm,
    int replicas,
    int gates,
    LeaseTerms terms,
    Weather weather,
    Gate.Ills ills,
    double peril,
    int faults) {
  /** How long clients want something. */
  public static final Duration ACTIVE = Duration.ofSeconds(32);

  private static final Duration EFFECT_TIME = Duration.ofSeconds(1);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(2);
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(8);

  /** Within so long after everything has healed lost steering is back. */
  static final Duration RECOVERY_MAX = Duration.ofSeconds(8);

  /** How long everything has to heal at most. */
  public static final Duration HEALING_MAX = Duration.ofMinutes(2);

  /** The climate of a seed. */
  static Climate of(Chance chance) {
    boolean calm = chance.hit(0.15);
    Duration skew = Duration.ofMillis(250);
    LeaseTerms terms =
        new LeaseTerms(
            Duration.ofSeconds(chance.between(12, 40)),
            Duration.ofSeconds(60),
            Duration.ofMillis(
                chance.hit(0.2) ? chance.between(20_000, 30_000) : chance.between(6_000, 10_000)),
            Duration.ofMillis(chance.between(1_500, 4_000)),
            Duration.ofMillis(chance.between(500, 3_000)),
            skew,
            chance.hit(0.5) ? skew : skew.plusMillis(100),
            Duration.ofMillis(1_600));
    return new Climate(
        calm,
        chance.hit(0.5) ? 2 : 1,
        chance.hit(0.3) ? 2 : 1,
        terms,
        calm ? new Weather(0, 0.002, 0.02) : weather(chance),
        calm || chance.hit(0.5)
            ? new Gate.Ills(0, 0)
            : new Gate.Ills(0.05 * chance.below(3), 0.02 * chance.below(3)),
        calm || chance.hit(0.5) ? 0 : 0.002,
        calm ? 0 : chance.below(9));
  }

  /** The same for an AIPF. */
  AipfConfig config() {
    AipfConfig defaults =
        AipfConfig.inProcess("aipf", Path.of("catalog"), AipfConfig.Lease.of(terms));
    return new AipfConfig(
        "aipf",
        Surroundings.SET,
        null,
        null,
        null,
        defaults.catalog(),
        defaults.keys(),
        defaults.store(),
        defaults.lease(),
        defaults.relocation(),
        new AipfConfig.Limits(1_000, Duration.ofDays(1), EFFECT_TIME, WATCH_EVERY, RECONCILE_EVERY),
        null,
        List.of(),
        null,
        defaults.core(),
        null,
        null,
        null);
  }

  private static Weather weather(Chance chance) {
    return switch (chance.below(4)) {
      case 0 -> Weather.FINE;
      case 1 -> new Weather(0.01, 0.02, 0.05);
      case 2 -> new Weather(0.05, 0.05, 0.1);
      default -> new Weather(0.002, 0.1, 0.02);
    };
  }
}
