package io.aipaging.simulation.world;

import io.aipaging.aipf.lease.Transition;
import io.aipaging.aipf.reconcile.Census;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Counts what occurred: transitions, effects, what reconciling did. */
final class Counts implements ReconcileObserver {
  private final Map<String, Integer> occurred = new TreeMap<>();

  void durable(Transition transition) {
    count(Moves.of(transition));
    transition.effects().forEach(effect -> count("EFFECT_" + effect.getClass().getSimpleName()));
  }

  void count(String what) {
    occurred.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> all() {
    return occurred;
  }

  @Override
  public void compared(Peer peer, Ending ending, Duration took) {
    count("RECONCILE_" + peer.kind() + "_" + ending);
  }

  @Override
  public void orphan(Peer.Kind kind) {
    count("RECONCILE_ORPHAN_" + kind);
  }

  @Override
  public void reinstalled(Peer.Kind kind) {
    count("RECONCILE_REINSTALLED_" + kind);
  }

  @Override
  public void counted(Census census) {
    // nothing to count
  }
}
