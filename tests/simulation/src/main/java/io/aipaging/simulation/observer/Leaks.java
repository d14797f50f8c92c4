package io.aipaging.simulation.observer;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aexf.admission.LiveLease;
import io.aipaging.aipf.lease.Lease;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.openapi.admission.GetStatus;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionId;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.core.QosJournal;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.gate.Kernel;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Invariant 6: what no live lease covers is nowhere. */
final class Leaks {
  private static final String RULE = "6 nothing leaks";
  private final Scene scene;
  private final Ledger ledger;
  private final Grants grants;
  private final Verdict verdict;
  private final Map<SessionId, Set<LeaseId>> leases = new HashMap<>();

  Leaks(Scene scene, Ledger ledger, Grants grants, Verdict verdict) {
    this.scene = scene;
    this.ledger = ledger;
    this.grants = grants;
    this.verdict = verdict;
  }

  /** A lease leaves its row only once no enforcer carries or admits anything by it. */
  void look(Session session) {
    Set<LeaseId> now = new HashSet<>();
    session.state().live().forEach(lease -> now.add(lease.id()));
    session.state().removing().forEach(lease -> now.add(lease.id()));
    Set<LeaseId> gone = leases.put(session.id(), now);
    if (gone == null || session.state() instanceof SessionState.Ending) {
      return;
    }
    gone.removeAll(now);
    gone.forEach(lease -> requireGone(session, lease));
  }

  private void requireGone(Session session, LeaseId lease) {
    for (Gate gate : scene.gates()) {
      for (Kernel.Entry entry : gate.kernel().of(session.facts().flow())) {
        Commit commit = grants.covering(gate, entry);
        boolean ofAnother =
            session.state().live().stream()
                .anyMatch(live -> live.anchor().ref().endpoint().equals(entry.anchor()));
        if (commit != null && commit.lease().equals(lease) && !ofAnother) {
          verdict.violated(
              RULE, gate.node().name() + " still carries " + lease + ", which its row forgot");
        }
      }
    }
    for (Anchorage anchor : scene.anchors()) {
      LiveLease admitted = Paths.admitted(anchor, session.id());
      if (admitted != null && admitted.lease().equals(lease)) {
        verdict.violated(
            RULE, anchor.node().name() + " still admits " + lease + ", which its row forgot");
      }
    }
  }

  private void requireReleased(Session terminal) {
    for (QosJournal.Entry entry : scene.core().journal().all()) {
      if (entry.bindingRef().equals(terminal.facts().bindingRef())
          && entry.state() == QosJournal.State.CONFIRMED) {
        verdict.violated(RULE, "QoS of " + terminal.id() + " is still bound, which is over");
      }
    }
  }

  /** A row is terminal only once nothing is carried or admitted for it, and its QoS given back. */
  void check(Session terminal) {
    leases.remove(terminal.id());
    requireReleased(terminal);
    for (Gate gate : scene.gates()) {
      for (Kernel.Entry entry : gate.kernel().of(terminal.facts().flow())) {
        Commit commit = grants.covering(gate, entry);
        if (commit != null && commit.session().equals(terminal.id())) {
          verdict.violated(
              RULE, gate.node().name() + " still carries " + terminal.id() + ", which is over");
        }
      }
    }
    for (Anchorage anchor : scene.anchors()) {
      if (Paths.admitted(anchor, terminal.id()) != null) {
        verdict.violated(
            RULE, anchor.node().name() + " still admits " + terminal.id() + ", which is over");
      }
    }
  }

  /** What is left that should not be, once everything has healed; empty when all is well. */
  Optional<String> left(Instant now) {
    Set<String> bindings = new HashSet<>();
    for (Session session : ledger.rows()) {
      if (!session.terminal()) {
        if (!(session.state() instanceof SessionState.Active active)) {
          return Optional.of(session.id() + " is still " + session.state().name());
        }
        if (!active.removing().isEmpty()) {
          return Optional.of(session.id() + " still has a lease to remove");
        }
        bindings.add(session.facts().bindingRef());
      }
    }
    return scene.gates().stream()
        .flatMap(gate -> stray(gate).stream())
        .findFirst()
        .or(() -> slots(now))
        .or(() -> appSessions(bindings));
  }

  private Optional<String> stray(Gate gate) {
    for (Kernel.Entry entry : gate.kernel().live()) {
      Commit commit = grants.covering(gate, entry);
      if (commit == null || !lives(commit)) {
        return Optional.of(gate.node().name() + " carries a lease that does not live");
      }
    }
    return Optional.empty();
  }

  private boolean lives(Commit commit) {
    Session session = ledger.row(commit.session());
    return session != null
        && session.state().live().stream().anyMatch(lease -> lease.id().equals(commit.lease()));
  }

  private Optional<String> slots(Instant now) {
    for (Anchorage anchor : scene.anchors()) {
      AdmissionService admission = anchor.admission();
      if (admission == null) {
        return Optional.of(anchor.node().name() + " is not up");
      }
      int held = admission.getStatus(Enforcers.nobody(now), new GetStatus()).slotsHeld();
      int live = livingAt(anchor);
      if (held > live) {
        return Optional.of(
            anchor.node().name() + " holds " + held + " slots for " + live + " leases");
      }
    }
    return Optional.empty();
  }

  private int livingAt(Anchorage anchor) {
    int living = 0;
    for (Session session : ledger.rows()) {
      List<Lease.Live> live = session.state().live();
      for (Lease.Live lease : live) {
        if (lease.anchor().id().equals(anchor.node().name())) {
          living++;
        }
      }
    }
    return living;
  }

  /** An app session whose name the adapter never learnt is the core's own to end. */
  private Optional<String> appSessions(Set<String> bindings) {
    Set<String> unknown = new HashSet<>();
    for (QosJournal.Entry entry : scene.core().journal().all()) {
      if (entry.appSession() == 0) {
        unknown.add(entry.bindingRef());
      }
    }
    for (String binding : scene.core().pcf().appSessions().values()) {
      boolean known = scene.core().journal().names(binding) && !unknown.contains(binding);
      if (known && !bindings.contains(binding)) {
        return Optional.of("the PCF holds app session of " + binding + ", which no session has");
      }
    }
    return Optional.empty();
  }
}
