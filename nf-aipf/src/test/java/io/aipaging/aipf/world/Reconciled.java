package io.aipaging.aipf.world;

import io.aipaging.aipf.reconcile.Census;
import io.aipaging.aipf.reconcile.Peer;
import io.aipaging.aipf.reconcile.ReconcileObserver;
import io.aipaging.aipf.reconcile.Reconciler;
import io.aipaging.aipf.reconcile.Tools;
import io.aipaging.aipf.strand.Strands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a reconciler told, in order. */
public final class Reconciled implements ReconcileObserver {
  private final List<String> compared = new CopyOnWriteArrayList<>();
  private final List<Peer.Kind> orphans = new CopyOnWriteArrayList<>();
  private final List<Peer.Kind> reinstalled = new CopyOnWriteArrayList<>();
  private volatile Census census = Census.NONE;

  /** A reconciler of the gate, these anchors and the core's QoS that tells this. */
  public Reconciler reconciler(Tools tools, Collection<String> anchors, Strands strands) {
    List<Peer.Enforcer> enforcers = new ArrayList<>();
    enforcers.add(new Peer.Gate(FakeGate.ID));
    anchors.forEach(id -> enforcers.add(new Peer.Anchor(id, FakeAnchor.agentId(id))));
    return new Reconciler(
        tools, enforcers, new Reconciler.Habits(strands, Duration.ofSeconds(10), this));
  }

  @Override
  public void compared(Peer peer, Ending ending, Duration took) {
    String id = peer instanceof Peer.Enforcer enforcer ? enforcer.id() : "qos";
    compared.add(id + " " + ending);
  }

  @Override
  public void orphan(Peer.Kind kind) {
    orphans.add(kind);
  }

  @Override
  public void reinstalled(Peer.Kind kind) {
    reinstalled.add(kind);
  }

  @Override
  public void counted(Census taken) {
    census = taken;
  }

  /** Peers and how their comparisons ended. */
  public List<String> compared() {
    return List.copyOf(compared);
  }

  public List<Peer.Kind> orphans() {
    return List.copyOf(orphans);
  }

  /** Kinds of peers that got something back. */
  public List<Peer.Kind> reinstalled() {
    return List.copyOf(reinstalled);
  }

  public Map<String, Integer> sessions() {
    return census.sessions();
  }

  /** The last count. */
  public Census census() {
    return census;
  }
}
