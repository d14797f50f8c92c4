package io.aipaging.aipf.lease;

import io.aipaging.aipf.lease.SessionState.Move;
import io.aipaging.aipf.lease.SessionState.Relocating;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a move has to be carried out at gates and anchors (lease-protocol §5, Relocate). */
final class MoveEffects {
  private MoveEffects() {}

  /** What a move owes the network as far as it is. */
  static List<Effect> owed(Relocating relocating) {
    return switch (relocating.move()) {
      case Move.Decided(var old) -> Rules.installed(List.of(old));
      case Move.TargetCommitted(var old, var _) -> Rules.installed(List.of(old));
      case Move.Switched(var old, var target) -> ofSwitch(target, old);
      case Move.SwitchedBack(var old, var _) -> ofWayBack(old, relocating.removing().getLast());
    };
  }

  /** Both at each gate in one step, or neither. */
  static List<Effect> ofSwitch(Lease.Committed target, Lease.Draining old) {
    Map<SignedCommit, LeaseAnchor> commits = new LinkedHashMap<>();
    commits.put(target.commit(), target.anchor());
    commits.put(old.commit(), old.anchor());
    return Rules.atGates(commits);
  }

  /** The old anchor first: it has heard of its drain, perhaps. */
  static List<Effect> ofWayBack(Lease.Committed old, Lease.Ended ended) {
    SignedCommit end = Objects.requireNonNull(ended.end(), "a lease ended by its own end");
    Map<SignedCommit, LeaseAnchor> commits = new LinkedHashMap<>();
    commits.put(old.commit(), old.anchor());
    commits.put(end, ended.anchor());
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.ApplyAtAnchor(old.anchor().id(), old.commit()));
    effects.addAll(Rules.atGates(commits));
    return effects;
  }
}
