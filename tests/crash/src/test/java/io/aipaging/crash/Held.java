package io.aipaging.crash;

import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an enforcer carries or admits.
 *
 * @param where which enforcer
 * @param session session
 * @param lease lease
 * @param gen generation obeyed
 * @param role {@code serve} or {@code drain}
 * @param until when it stops by itself, at the latest
 */
record Held(String where, String session, String lease, long gen, String role, Instant until) {
  private static final String SERVE = "serve";
  private static final String GATE = "gate";

  /** The same place at two times. */
  String id() {
    return where + " " + lease;
  }

  /** Whether the store knows that it is there, or that it has to go. */
  private boolean known(Map<String, Session> store) {
    Session session = store.get(this.session);
    return session != null
        && !Told.terminal(session)
        && (session.state().equals("ENDING") || of(session).isPresent());
  }

  private Optional<SessionLease> of(Session session) {
    return session.leases().stream().filter(each -> each.leaseId().equals(lease)).findAny();
  }

  /** Of {@code held}, what the store, read after it, does not know. */
  static List<Held> strays(List<Held> held, Map<String, Session> store) {
    return held.stream().filter(each -> !each.known(store)).toList();
  }

  /**
   * Of {@code held}, what serves at the gate although a newer lease of its session does: old flows
   * only. That happens where somebody died between a move's switch and what it owed the gate, and
   * must not last.
   */
  static List<Held> superseded(List<Held> held) {
    return held.stream()
        .filter(each -> each.role.equals(SERVE) && each.where.equals(GATE))
        .filter(
            each ->
                held.stream()
                    .filter(other -> other.role.equals(SERVE) && other.where.equals(GATE))
                    .filter(other -> other.session.equals(each.session))
                    .anyMatch(other -> other.gen > each.gen))
        .toList();
  }

  /** What could never be, whatever happened between the two readings: {@code held} is the older. */
  static List<String> faults(List<Held> held, Map<String, Session> store) {
    List<String> faults = new ArrayList<>();
    for (Held each : held) {
      Session session = store.get(each.session);
      if (session == null) {
        faults.add("the store has lost the session of " + each);
      } else if (Told.live(session)) {
        each.of(session).ifPresent(lease -> each.compare(lease, faults));
      }
    }
    faults.addAll(twiceOwned(held, store));
    return faults;
  }

  private void compare(SessionLease lease, List<String> faults) {
    if (gen > lease.gen()) {
      faults.add("the store has lost what " + this + " obeys: " + lease);
    }
    if (gen == lease.gen() && until.isAfter(lease.expiresAt())) {
      faults.add(this + " lasts longer than its lease: " + lease);
    }
  }

  /** At one enforcer no UE's new flows belong to two sessions. */
  private static List<String> twiceOwned(List<Held> held, Map<String, Session> store) {
    List<String> faults = new ArrayList<>();
    Map<String, Held> owners = new HashMap<>();
    for (Held each : held) {
      Session session = store.get(each.session);
      if (session != null && each.role.equals(SERVE)) {
        Held other = owners.put(each.where + " " + session.ueAddress(), each);
        if (other != null && !other.session.equals(each.session)) {
          faults.add("two own the flow of " + session.ueAddress() + ": " + each + ", " + other);
        }
      }
    }
    return faults;
  }
}
