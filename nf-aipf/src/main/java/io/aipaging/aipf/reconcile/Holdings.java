package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an enforcer holds, and what of it no row has claimed yet. */
final class Holdings {
  private final Map<LeaseId, FoundLease> byLease = new HashMap<>();
  private final Map<SessionId, List<FoundLease>> unclaimed = new TreeMap<>();

  void add(FoundLease lease) {
    if (byLease.put(lease.lease(), lease) == null) {
      unclaimed.computeIfAbsent(lease.session(), id -> new ArrayList<>(2)).add(lease);
    }
  }

  /** A row speaks for what it knows of. */
  void claim(Session session) {
    List<FoundLease> leases = unclaimed.get(session.id());
    if (leases != null) {
      leases.removeIf(lease -> lease.isOf(session));
      if (leases.isEmpty()) {
        unclaimed.remove(session.id());
      }
    }
  }

  /** Whether this very COMMIT, or a newer one of its lease, is obeyed. */
  boolean has(SignedCommit commit) {
    FoundLease found = byLease.get(commit.commit().lease());
    return found != null && found.gen() >= commit.commit().gen();
  }

  List<FoundLease> unclaimed() {
    return unclaimed.values().stream().flatMap(List::stream).toList();
  }
}
