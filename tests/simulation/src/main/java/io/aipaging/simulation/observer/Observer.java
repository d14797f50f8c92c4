package io.aipaging.simulation.observer;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aipf.lease.LeaseStore;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TransportAddress;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.gate.Gate;
import io.aipaging.simulation.network.Question;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the invariants of lease-protocol §2 after every step, from the true state. */
public final class Observer {
  /** So near its end an enforcer may have stopped already. */
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final Timeline timeline;
  private final Ledger ledger;
  private final Enforcers enforcers;
  private final Verdict verdict;
  private final Scene scene;
  private final Grants grants;
  private final UsablePaths paths;
  private final Leaks leaks;
  private final Optional<Runners> runners;
  private final Set<SessionId> over = new HashSet<>();
  private long lookedAt = -1;
  private long admissions;
  private long nextExpiry = Long.MAX_VALUE;

  /** What an observer looks with. */
  public record Instruments(
      Timeline timeline, Ledger ledger, Enforcers enforcers, Verdict verdict) {}

  /**
   * Observes {@code scene}.
   *
   * @param anchors by their endpoints
   * @param calm whether the history has no faults, so that nothing excuses a lost path
   */
  public Observer(
      Instruments instruments,
      Scene scene,
      Map<TransportAddress, Anchorage> anchors,
      boolean calm) {
    this.timeline = instruments.timeline();
    this.ledger = instruments.ledger();
    this.enforcers = instruments.enforcers();
    this.verdict = instruments.verdict();
    this.scene = scene;
    this.grants = new Grants(scene, ledger, enforcers, verdict);
    this.paths = new UsablePaths(scene, new Paths(scene, anchors), verdict, calm);
    this.leaks = new Leaks(scene, ledger, grants, verdict);
    this.runners = calm ? Optional.of(new Runners(verdict)) : Optional.empty();
  }

  /** An agent begins a life: its admissions are heard of from now on. */
  public void listen(Anchorage anchor, AdmissionService admission) {
    admission.watch(
        session -> {
          admissions++;
          paths.admitted(anchor, session, timeline.now());
        });
  }

  /** A message leaves a node. */
  public void sent(Node from, Question question) {
    switch (question.request()) {
      case ApplyCommits(List<String> commits) -> commits.forEach(jws -> left(from, jws));
      case ApplyCommit(String jws) -> left(from, jws);
      default -> {}
    }
  }

  private void left(Node from, String jws) {
    if (ledger.commit(jws) == null && !Enforcers.isEnd(jws)) {
      verdict.violated("5 durable", "a COMMIT left " + from.name() + " before it was durable");
    }
  }

  /** A transition is durable, and it is in the ledger. */
  public void durable(Life writer, Transition transition) {
    runners.ifPresent(them -> them.durable(writer, transition, timeline.instant()));
  }

  /** After every step. */
  public void look() {
    long state = changes();
    if (state == lookedAt && timeline.now() < nextExpiry) {
      return;
    }
    lookedAt = state;
    grants.check();
    for (Session session : ledger.rows()) {
      if (over.contains(session.id())) {
        continue;
      }
      paths.check(session, timeline.now());
      leaks.look(session);
      if (session.state() instanceof SessionState.Terminal) {
        over.add(session.id());
        leaks.check(session);
      }
    }
    nextExpiry = nextExpiry();
  }

  private long changes() {
    long changes = ledger.transitions() + enforcers.answers() + admissions;
    for (Gate gate : scene.gates()) {
      changes += gate.kernel().changes() + gate.node().mishaps();
    }
    for (Anchorage anchor : scene.anchors()) {
      changes += anchor.node().mishaps();
    }
    return changes;
  }

  private long nextExpiry() {
    long next = Long.MAX_VALUE;
    for (Gate gate : scene.gates()) {
      for (var entry : gate.kernel().live()) {
        next = Math.min(next, gate.node().clock().trueTimeOf(entry.deadlineNanos()) + 1);
      }
    }
    return next;
  }

  /** What is left that should not be, once everything has healed; empty when all is well. */
  public Optional<String> unsettled() {
    Optional<String> leaked = leaks.left(timeline.instant());
    if (leaked.isPresent()) {
      return leaked;
    }
    for (Session session : ledger.rows()) {
      if (!session.terminal() && !paths.usable(session)) {
        return Optional.of(session.id() + " is active and not usable");
      }
    }
    return Optional.empty();
  }

  /** An active session that has no usable path although its lease lives; empty when all have. */
  public Optional<String> dark() {
    for (Session session : ledger.rows()) {
      if (session.state() instanceof SessionState.Active active
          && timeline.instant().isBefore(active.serving().expiresAt().minus(CLOSE))
          && !paths.usable(session)) {
        return Optional.of(session.id() + " is active and not usable" + paths.why(session));
      }
    }
    return Optional.empty();
  }

  /** Invariant 3, at the end: as many records as transitions, each chained to the one before. */
  public void audit(LeaseStore rows) {
    for (Session session : ledger.rows()) {
      List<String> records = rows.evidence(session.id(), 1, Integer.MAX_VALUE);
      if (records.size() != session.version()) {
        verdict.violated("3 evidence", session.id() + " has a transition without a record");
      }
      if (!(EvidenceChain.verify(records) instanceof EvidenceChain.Verdict.Verified)) {
        verdict.violated("3 evidence", "the chain of " + session.id() + " is broken");
      }
      Optional<Session> kept = rows.find(session.id());
      if (kept.isEmpty() || kept.get().version() != session.version()) {
        verdict.violated("5 durable", session.id() + " is not as it was written");
      }
    }
  }
}
