package io.aipaging.aipf;

import io.aipaging.aipf.reconcile.Census;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Shows reconciling as metrics; what it counted is kept, so a scrape costs the same always. */
final class ReconcileMetrics implements ReconcileObserver {
  private static final List<String> SESSION_STATES =
      List.of("PREPARING", "ACTIVE", "RELOCATING", "ENDING");
  private static final List<String> LEASE_STATES =
      List.of("COMMITTED", "SERVING", "DRAINING", "ENDED");
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<Peer, Long> comparedAt = new ConcurrentHashMap<>();
  private final Map<Peer.Kind, Figures> figures = new EnumMap<>(Peer.Kind.class);
  private volatile Census census = Census.NONE;

  private record Figures(Map<Ending, Counter> runs, Counter orphans, Counter reinstalled) {
    static Figures of(Metrics metrics, String kind) {
      Map<Ending, Counter> runs = new EnumMap<>(Ending.class);
      for (Ending ending : Ending.values()) {
        String word = ending.name().toLowerCase(Locale.ROOT);
        runs.put(ending, metrics.counter("aipf.reconcile.runs", "kind", kind, "ending", word));
      }
      return new Figures(
          runs,
          metrics.counter("aipf.reconcile.orphans", "kind", kind),
          metrics.counter("aipf.reconcile.reinstalled", "kind", kind));
    }
  }

  /**
   * Shows reconciling.
   *
   * @param clock wall clock
   * @param nanos monotonic, ns
   */
  ReconcileMetrics(Metrics metrics, InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    for (String state : SESSION_STATES) {
      metrics.gauge("aipf.sessions", () -> of(census.sessions(), state), "state", state);
    }
    for (String state : LEASE_STATES) {
      metrics.gauge("aipf.leases", () -> of(census.leases(), state), "state", state);
    }
    metrics.gauge("aipf.ending.oldest.seconds", this::endingSeconds);
    for (Peer.Kind kind : Peer.Kind.values()) {
      figures.put(kind, Figures.of(metrics, name(kind)));
      metrics.gauge("aipf.reconcile.age.seconds", () -> age(kind), "kind", name(kind));
    }
  }

  /** From now on the age of this peer's last comparison counts. */
  void expect(Peer peer) {
    comparedAt.putIfAbsent(peer, nanos.getAsLong());
  }

  @Override
  public void compared(Peer peer, Ending ending, Duration took) {
    Objects.requireNonNull(of(peer.kind()).runs().get(ending)).increment();
    if (ending == Ending.DONE) {
      comparedAt.put(peer, nanos.getAsLong());
    }
  }

  @Override
  public void orphan(Peer.Kind kind) {
    of(kind).orphans().increment();
  }

  @Override
  public void reinstalled(Peer.Kind kind) {
    of(kind).reinstalled().increment();
  }

  @Override
  public void counted(Census taken) {
    census = taken;
  }

  private Figures of(Peer.Kind kind) {
    return Objects.requireNonNull(figures.get(kind));
  }

  private static int of(Map<String, Integer> counts, String name) {
    return counts.getOrDefault(name, 0);
  }

  private double endingSeconds() {
    Instant since = census.endingSince();
    return since == null
        ? 0
        : Math.max(0, Duration.between(since, clock.instant()).toMillis()) / 1e3;
  }

  /** Of the peer of this kind that was not compared for the longest time. */
  private double age(Peer.Kind kind) {
    long now = nanos.getAsLong();
    return comparedAt.entrySet().stream()
            .filter(compared -> compared.getKey().kind() == kind)
            .mapToLong(compared -> now - compared.getValue())
            .max()
            .orElse(0)
        / 1e9;
  }

  private static String name(Peer.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
