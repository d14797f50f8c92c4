package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.SessionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings enforcers what they lost, with the same COMMIT. One that can never take it back is left:
 * by a move if it is an anchor, else by the session's end.
 */
final class Repairs {
  /** As many comparisons in a row must be refused where another try might succeed. */
  private static final int REFUSALS_MAX = 3;

  private static final int ANSWERS_OF_A_MOVE = 3;
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
  private final Tools tools;
  private final Batches batches;
  private final ReconcileObserver observer;
  private final Map<Peer, Map<SessionId, Integer>> refusals = new ConcurrentHashMap<>();

  Repairs(Tools tools, Batches batches, ReconcileObserver observer) {
    this.tools = tools;
    this.batches = batches;
    this.observer = observer;
  }

  /** One enforcer's turn. */
  private record Turn(
      Peer.Enforcer peer,
      Rows rows,
      Holdings found,
      Map<SessionId, Integer> before,
      Map<SessionId, Integer> now) {}

  /** Brings what is missing; answers whether the enforcer was there to the end. */
  boolean reinstall(Peer.Enforcer peer, List<SessionId> lacking, Rows rows, Holdings found) {
    Turn turn =
        new Turn(
            peer, rows, found, refusals.getOrDefault(peer, Map.of()), new ConcurrentHashMap<>());
    refusals.put(peer, turn.now());
    return batches.each(lacking, session -> reinstall(turn, session));
  }

  private void reinstall(Turn turn, SessionId id) {
    Optional<Session> row = turn.rows().fresh(id).filter(s -> turn.rows().ownsStill(id));
    if (row.isEmpty()) {
      return;
    }
    Session session = row.get();
    List<SignedCommit> missing = Wanted.missing(tools, session, turn.peer(), turn.found());
    if (missing.isEmpty()) {
      return;
    }
    try {
      apply(turn.peer(), missing);
    } catch (Refusal e) {
      if (Tools.away(e)) {
        throw e;
      }
      withoutDrains(turn, session, missing, e);
    }
  }

  /** A drain that is refused costs old flows only; what matters is the way for new ones. */
  private void withoutDrains(
      Turn turn, Session session, List<SignedCommit> missing, Refusal refusal) {
    List<SignedCommit> serves =
        missing.stream().filter(c -> c.commit().role() == CommitRole.SERVE).toList();
    if (serves.isEmpty()) {
      return;
    }
    try {
      if (serves.size() == missing.size()) {
        throw refusal;
      }
      apply(turn.peer(), serves);
    } catch (Refusal e) {
      if (Tools.away(e)) {
        throw e;
      }
      if (lost(turn, session, e)) {
        leave(turn.peer(), session, e.problemCause());
      }
    }
  }

  private void apply(Peer.Enforcer peer, List<SignedCommit> commits) {
    switch (peer) {
      case Peer.Gate gate -> tools.perform(new Effect.ApplyAtGate(gate.id(), commits));
      case Peer.Anchor anchor ->
          commits.forEach(commit -> tools.perform(new Effect.ApplyAtAnchor(anchor.id(), commit)));
    }
    for (SignedCommit commit : commits) {
      observer.reinstalled(peer.kind());
      LOG.atInfo()
          .addKeyValue("peer", peer.id())
          .addKeyValue("sessionId", commit.commit().session())
          .addKeyValue("leaseId", commit.commit().lease())
          .addKeyValue("gen", commit.commit().gen())
          .log("a lease was reinstalled");
    }
  }

  /** Whether the enforcer will never take what the row, unchanged, says. */
  private boolean lost(Turn turn, Session session, Refusal refusal) {
    boolean changed =
        turn.rows().fresh(session.id()).filter(now -> now.version() == session.version()).isEmpty();
    if (changed || !(session.state() instanceof SessionState.Active)) {
      return false;
    }
    return switch (refusal.problemCause()) {
      case "STALE_GENERATION" -> true;
      case "HOLD_NOT_FOUND", "INSUFFICIENT_RESOURCES" -> turn.peer() instanceof Peer.Anchor;
      case "COMMIT_REJECTED" -> {
        int times = turn.before().getOrDefault(session.id(), 0) + 1;
        turn.now().put(session.id(), times);
        yield times >= REFUSALS_MAX;
      }
      default -> false;
    };
  }

  private void leave(Peer.Enforcer peer, Session session, String cause) {
    LOG.atWarn()
        .addKeyValue("peer", peer.id())
        .addKeyValue("sessionId", session.id())
        .addKeyValue("cause", cause)
        .log("an enforcer does not take a lease back");
    switch (peer) {
      case Peer.Gate _ -> end(session, EndReason.NETWORK_TERMINATED, "GATE_" + cause);
      case Peer.Anchor anchor -> moveOrEnd(session, anchor, cause);
    }
  }

  private void moveOrEnd(Session session, Peer.Anchor lost, String cause) {
    Instant deadline =
        tools.leases().now().plus(tools.effectTime().multipliedBy(ANSWERS_OF_A_MOVE));
    RelocationOutcome outcome =
        tools.relocation().relocate(session.id(), null, "ANCHOR_LOST", deadline);
    if (outcome instanceof RelocationOutcome.KeptOldPath kept && kept.from().equals(lost.id())) {
      end(session, EndReason.ANCHOR_LOST, "ANCHOR_" + cause);
    }
  }

  private void end(Session session, EndReason reason, String trigger) {
    var _ = tools.ends().end(session.id(), new EndCause(reason, trigger));
  }
}
