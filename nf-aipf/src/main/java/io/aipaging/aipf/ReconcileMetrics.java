package io.aipaging.aipf;

import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import io.aipaging.sbi.management.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Shows reconciling as metrics. */
final class ReconcileMetrics implements ReconcileObserver {
  private static final List<String> STATES = List.of("PREPARING", "ACTIVE", "RELOCATING", "ENDING");
  private final Metrics metrics;
  private final LongSupplier nanos;
  private final Map<Peer, Long> comparedAt = new ConcurrentHashMap<>();
  private volatile Map<String, Integer> sessions = Map.of();

  /**
   * Shows reconciling.
   *
   * @param nanos monotonic, ns
   */
  ReconcileMetrics(Metrics metrics, LongSupplier nanos) {
    this.metrics = metrics;
    this.nanos = nanos;
    for (String state : STATES) {
      metrics.gauge("aipf.sessions", () -> sessions.getOrDefault(state, 0), "state", state);
    }
    for (Peer.Kind kind : Peer.Kind.values()) {
      metrics.gauge("aipf.reconcile.age.seconds", () -> age(kind), "kind", name(kind));
    }
  }

  /** From now on the age of this peer's last comparison counts. */
  void expect(Peer peer) {
    comparedAt.putIfAbsent(peer, nanos.getAsLong());
  }

  @Override
  public void compared(Peer peer, Ending ending, Duration took) {
    metrics
        .counter(
            "aipf.reconcile.runs",
            "kind",
            name(peer.kind()),
            "ending",
            ending.name().toLowerCase(Locale.ROOT))
        .increment();
    if (ending == Ending.DONE) {
      comparedAt.put(peer, nanos.getAsLong());
    }
  }

  @Override
  public void orphan(Peer.Kind kind) {
    metrics.counter("aipf.reconcile.orphans", "kind", name(kind)).increment();
  }

  @Override
  public void reinstalled(Peer.Kind kind) {
    metrics.counter("aipf.reconcile.reinstalled", "kind", name(kind)).increment();
  }

  @Override
  public void sessions(Map<String, Integer> byState) {
    sessions = Map.copyOf(byState);
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
