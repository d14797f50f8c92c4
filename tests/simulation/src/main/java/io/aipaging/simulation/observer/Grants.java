package io.aipaging.simulation.observer;

import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.protocol.Commit;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.gate.Kernel;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Invariants 1 and 4 at the enforcers: everything carried or admitted has a durable COMMIT that is
 * not over and that the enforcer does not know to be ended; one grant per flow takes new
 * connections.
 */
final class Grants {
  private final Scene scene;
  private final Ledger ledger;
  private final Enforcers enforcers;
  private final Verdict verdict;

  Grants(Scene scene, Ledger ledger, Enforcers enforcers, Verdict verdict) {
    this.scene = scene;
    this.ledger = ledger;
    this.enforcers = enforcers;
    this.verdict = verdict;
  }

  void check() {
    scene.gates().forEach(this::check);
    for (Anchorage anchor : scene.anchors()) {
      for (Session session : ledger.rows()) {
        LiveLease lease = Paths.admitted(anchor, session.id());
        if (lease != null) {
          check(anchor, lease);
        }
      }
    }
  }

  private void check(Gate gate) {
    Map<Object, Kernel.Entry> takesNew = new HashMap<>();
    for (Kernel.Entry entry : gate.kernel().live()) {
      if (covering(gate, entry) == null) {
        verdict.violated(
            "1 lease-gated",
            gate.node().name() + " carries grant " + entry.grant().id() + " without a lease");
      }
      if (entry.takesNew() && takesNew.put(entry.flow(), entry) != null) {
        verdict.violated("4 at most one", "two grants take new connections of one flow");
      }
    }
  }

  /** The durable COMMIT a grant rests on, or null. */
  @Nullable Commit covering(Gate gate, Kernel.Entry entry) {
    Instant until = Timeline.instantAt(gate.node().clock().trueTimeOf(entry.deadlineNanos()));
    for (Commit commit : ledger.grantsOf(entry.flow())) {
      if (commit.anchor().endpoint().equals(entry.anchor())
          && (entry.late() || !until.isAfter(commit.expiresAt()))
          && !enforcers.ended(gate.node().name(), commit)) {
        return commit;
      }
    }
    return null;
  }

  private void check(Anchorage anchor, LiveLease lease) {
    Instant until = Timeline.instantAt(anchor.node().clock().trueTimeOf(lease.deadlineNanos()));
    for (Commit commit : ledger.grantsOf(lease.flow())) {
      if (commit.gen() == lease.gen()
          && commit.lease().equals(lease.lease())
          && !until.isAfter(commit.expiresAt())
          && !enforcers.ended(anchor.profile().enforcerId(), commit)) {
        return;
      }
    }
    verdict.violated(
        "1 lease-gated", anchor.node().name() + " admits " + lease.lease() + " without a lease");
  }
}
