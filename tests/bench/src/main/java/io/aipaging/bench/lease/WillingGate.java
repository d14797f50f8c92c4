package io.aipaging.bench.lease;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.steering.AppliedCommit;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.GrantList;
import io.aipaging.openapi.steering.ListGrants;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.TokenRejected;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Verifies COMMITs and carries nothing. */
final class WillingGate implements NsmfadapterSteering {
  private final CommitVerifier verifier;
  private final InstantSource clock;

  WillingGate(CommitVerifier verifier, InstantSource clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  @Override
  public AppliedCommits applyCommits(Call call, ApplyCommits request) {
    List<AppliedCommit> applied = new ArrayList<>();
    for (String jws : request.commits()) {
      Commit commit = verified(jws);
      applied.add(
          new AppliedCommit(
              commit.lease().value(),
              commit.session().value(),
              commit.gen(),
              commit.role().wire(),
              Math.max(0, Duration.between(clock.instant(), commit.expiresAt()).toMillis())));
    }
    return new AppliedCommits(List.copyOf(applied));
  }

  private Commit verified(String jws) {
    try {
      return verifier.verify(jws, clock.instant());
    } catch (TokenRejected e) {
      throw Refusal.of(403, "COMMIT_REJECTED", String.valueOf(e.getMessage()));
    }
  }

  /** Of a COMMIT it has just verified: the page's probe comes right after its steering. */
  @Override
  public ProbeResult probeCommit(Call call, ProbeCommit request) {
    return new ProbeResult(true, "a", 1L, 1, null);
  }

  @Override
  public GrantList listGrants(Call call, ListGrants request) {
    throw WillingPeers.noLists();
  }
}
