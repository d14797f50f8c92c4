package io.aipaging.aipf.reconcile;

import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One enforcer against the rows (lease-protocol §5, Recover). First it says what it holds, then the
 * rows are read: whatever it holds was in a row before, so what no row knows afterwards belongs to
 * nobody. Whoever is found at fault is read once more before anything is done.
 */
final class EnforcerComparison {
  private final Tools tools;
  private final Inventory inventory;
  private final Orphans orphans;
  private final Repairs repairs;

  EnforcerComparison(Tools tools, Batches batches, ReconcileObserver observer) {
    this.tools = tools;
    this.inventory = new Inventory(tools);
    this.orphans = new Orphans(tools, batches, observer);
    this.repairs = new Repairs(tools, batches, observer);
  }

  /** Compares; answers whether the enforcer was there to the end. */
  boolean run(Peer.Enforcer peer, Rows rows) {
    if (rows.none()) {
      return true;
    }
    Instant listedAt = tools.leases().now();
    Holdings found = inventory.of(peer); // 1 what it holds
    List<SessionId> lacking = new ArrayList<>();
    rows.at( // 2 what the rows say
        peer,
        session -> {
          found.claim(session);
          if (!Wanted.missing(tools, session, peer, found).isEmpty()) {
            lacking.add(session.id());
          }
        });
    boolean ended = orphans.end(peer, found.unclaimed(), rows, listedAt); // 3 what is nobody's
    return repairs.reinstall(peer, lacking, rows, found) && ended; // 4 what is missing
  }
}
