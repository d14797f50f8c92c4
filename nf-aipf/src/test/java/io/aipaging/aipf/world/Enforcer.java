package io.aipaging.aipf.world;

import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.Fences;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionFence.Decision;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.TokenRejected;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules every enforcer keeps, from the protocol module itself; not a mock of them. */
final class Enforcer {
  private final CommitVerifier verifier;
  private final InstantSource clock;
  private Fences fences = new Fences();
  private final Map<LeaseId, Commit> grants = new HashMap<>();
  private Commit lastEnd;

  Enforcer(CommitVerifier verifier, InstantSource clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  Commit verify(String jws) {
    try {
      return verifier.verify(jws, clock.instant());
    } catch (TokenRejected e) {
      throw Refusal.of(403, "COMMIT_REJECTED", String.valueOf(e.getMessage()));
    }
  }

  /** All or none. */
  void obey(List<String> commits) {
    Map<LeaseId, Commit> changed = new HashMap<>(grants);
    Map<SessionId, io.aipaging.protocol.SessionFence> fenced = new HashMap<>();
    for (String jws : commits) {
      Commit commit = verify(jws);
      var fence = fenced.getOrDefault(commit.session(), fences.of(commit.session()));
      switch (fence.decide(commit, Crypto.sha256Hex(jws))) {
        case Decision.Accepted(var next) -> fenced.put(commit.session(), next);
        case Decision.Identical() -> {}
        case Decision.Refused(String rule) -> throw Refusal.of(409, "STALE_GENERATION", rule);
      }
      if (commit.role() == CommitRole.END) {
        lastEnd = commit;
        changed
            .values()
            .removeIf(
                grant ->
                    grant.session().equals(commit.session())
                        && (commit.endScope() == EndScope.SESSION
                            || grant.lease().equals(commit.lease())));
      } else {
        changed.put(commit.lease(), commit);
      }
    }
    grants.clear();
    grants.putAll(changed);
    fenced.forEach(fences::set);
  }

  /** Grants go, fences stay. */
  void restart() {
    grants.clear();
  }

  Commit lastEnd() {
    return lastEnd;
  }

  /** Fences go. */
  void forget() {
    fences = new Fences();
  }

  /** What no AIPF knows of: installed behind everybody's back. */
  void plant(Commit commit) {
    grants.put(commit.lease(), commit);
  }

  /** Grants in force now; what has expired is gone without anybody's doing. */
  Map<LeaseId, Commit> live() {
    grants.values().removeIf(commit -> !commit.isLive(clock.instant()));
    return Map.copyOf(grants);
  }
}
