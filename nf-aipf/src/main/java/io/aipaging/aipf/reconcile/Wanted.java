package io.aipaging.aipf.reconcile;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.protocol.CommitRole;
import java.util.List;

/** What a row says an enforcer must hold now. */
final class Wanted {
  private Wanted() {}

  /**
   * The COMMITs a session owes {@code peer} that it does not hold, or only older ones of. What is
   * almost over is not worth bringing. A page under way is its runner's, and so is a move from the
   * switch on: only the runner knows when the old path may be drained.
   */
  static List<SignedCommit> missing(
      Tools tools, Session session, Peer.Enforcer peer, Holdings found) {
    if (!settled(session.state())) {
      return List.of();
    }
    return tools.leases().owed(session).stream()
        .flatMap(effect -> commits(effect, peer).stream())
        .filter(signed -> signed.commit().role() != CommitRole.END)
        .filter(signed -> !found.has(signed))
        .filter(
            signed ->
                tools.leases().now().isBefore(tools.terms().cutoff(signed.commit().expiresAt())))
        .toList();
  }

  private static boolean settled(SessionState state) {
    return switch (state) {
      case SessionState.Active _ -> true;
      case SessionState.Relocating relocating ->
          switch (relocating.move()) {
            case Move.Decided _, Move.TargetCommitted _ -> true;
            case Move.Switched _, Move.SwitchedBack _ -> false;
          };
      case SessionState.Preparing _, SessionState.Ending _, SessionState.Terminal _ -> false;
    };
  }

  private static List<SignedCommit> commits(Effect effect, Peer.Enforcer peer) {
    return switch (effect) {
      case Effect.ApplyAtGate(String gate, List<SignedCommit> commits)
          when peer.equals(new Peer.Gate(gate)) ->
          commits;
      case Effect.ApplyAtAnchor(String anchor, SignedCommit commit)
          when peer instanceof Peer.Anchor(String id, String _) && id.equals(anchor) ->
          List.of(commit);
      default -> List.of();
    };
  }
}
