package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.EndScope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what an enforcer holds and no session knows of. */
final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private final Tools tools;
  private final Batches batches;
  private final ReconcileObserver observer;

  Orphans(Tools tools, Batches batches, ReconcileObserver observer) {
    this.tools = tools;
    this.batches = batches;
    this.observer = observer;
  }

  /**
   * Looks at each of {@code suspects} once more and ends it if it belongs to nobody.
   *
   * @param listedAt when the enforcer was asked: what ended after that may be gone by now
   * @return whether the enforcer was there to the end
   */
  boolean end(Peer.Enforcer peer, List<FoundLease> suspects, Rows rows, Instant listedAt) {
    List<FoundLease> mine =
        suspects.stream()
            .filter(lease -> rows.owns(lease.session()))
            .filter(lease -> listedAt.isBefore(tools.terms().over(lease.expiresAt())))
            .toList();
    return batches.each(mine, lease -> judge(peer, lease, rows, listedAt));
  }

  private void judge(Peer.Enforcer peer, FoundLease lease, Rows rows, Instant listedAt) {
    Optional<Session> row = rows.fresh(lease.session());
    if (!rows.ownsStill(lease.session())) {
      return;
    }
    if (row.isEmpty()) {
      end(peer, lease, EndScope.SESSION, 0);
      return;
    }
    Session session = row.get();
    if (session.state() instanceof SessionState.Terminal terminal) {
      if (!terminal.endedAt().isAfter(listedAt)) {
        end(peer, lease, EndScope.SESSION, session.gen());
      }
    } else if (lease.gen() > session.gen()) {
      long gen = lost(session);
      end(peer, lease, EndScope.SESSION, gen);
    } else if (!lease.isOf(session)) {
      end(peer, lease, EndScope.LEASE, session.gen());
    }
  }

  /** The store has lost what it had acknowledged: its row can never be obeyed again. */
  private long lost(Session session) {
    LOG.atError()
        .addKeyValue("sessionId", session.id())
        .log("an enforcer holds a newer COMMIT than the store: the store lost transitions");
    return tools
        .ends()
        .end(session.id(), new EndCause(EndReason.NETWORK_TERMINATED, "STORE_BEHIND"))
        .orElse(session)
        .gen();
  }

  private void end(Peer.Enforcer peer, FoundLease lease, EndScope scope, long rowGen) {
    SignedCommit end =
        tools
            .issuer()
            .endOrphan(lease.orphan(peer.enforcerId(), scope, rowGen), tools.leases().now());
    try {
      tools.perform(
          switch (peer) {
            case Peer.Gate gate -> new Effect.ApplyAtGate(gate.id(), List.of(end));
            case Peer.Anchor anchor -> new Effect.ApplyAtAnchor(anchor.id(), end);
          });
      observer.orphan(peer.kind());
      log(peer, lease, "an orphan was ended");
    } catch (Refusal e) {
      if (Tools.away(e)) {
        throw e;
      }
      log(peer, lease, "an orphan was not ended: " + e.problemCause());
    }
  }

  private static void log(Peer.Enforcer peer, FoundLease lease, String what) {
    LOG.atWarn()
        .addKeyValue("peer", peer.id())
        .addKeyValue("sessionId", lease.session())
        .addKeyValue("leaseId", lease.lease())
        .addKeyValue("gen", lease.gen())
        .log(what);
  }
}
