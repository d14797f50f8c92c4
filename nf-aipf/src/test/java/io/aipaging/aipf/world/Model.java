package io.aipaging.aipf.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.aipf.lease.Effect;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SignedCommit;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.EndScope;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.SessionFence;
import io.aipaging.protocol.SessionFence.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A gate that gets COMMITs late, twice, in any order or never, and decides by its fence alone. */
public final class Model {
  private final Random random;
  private final List<SignedCommit> underWay = new ArrayList<>();
  private final Map<LeaseId, Commit> grants = new HashMap<>();
  private SessionFence fence = SessionFence.NONE;
  private long endObeyed;

  public Model(Random random) {
    this.random = random;
  }

  public void deliver(List<Effect> effects, Instant now) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.ApplyAtGate(String _, List<SignedCommit> commits)) {
        underWay.addAll(commits);
        if (random.nextInt(4) == 0) {
          underWay.addAll(commits);
        }
      }
    }
    deliverLate(now);
  }

  public void deliverLate(Instant now) {
    while (!underWay.isEmpty() && random.nextInt(3) > 0) {
      SignedCommit commit = underWay.remove(random.nextInt(underWay.size()));
      if (random.nextInt(10) > 0) {
        obey(commit, now);
      }
    }
  }

  private void obey(SignedCommit signed, Instant now) {
    Commit commit = signed.commit();
    if (commit.role() != CommitRole.END && !commit.isLive(now)) {
      return;
    }
    switch (fence.decide(commit, signed.sha256())) {
      case Decision.Refused _ -> {
        return;
      }
      case Decision.Accepted(SessionFence next) -> fence = next;
      case Decision.Identical() -> {}
    }
    if (commit.role() == CommitRole.END) {
      grants.remove(commit.lease());
      if (commit.endScope() == EndScope.SESSION) {
        grants.clear();
        endObeyed = Math.max(endObeyed, commit.gen());
      }
    } else {
      if (commit.role() == CommitRole.SERVE) {
        grants
            .values()
            .removeIf(
                grant -> grant.role() == CommitRole.SERVE && !grant.lease().equals(commit.lease()));
      }
      grants.put(commit.lease(), commit);
    }
  }

  /** Nothing without a live COMMIT, nothing after an end, nothing beyond the session's end. */
  public void requireInvariants(Session session, Instant now, String as) {
    grants.values().removeIf(grant -> !grant.isLive(now));
    assertThat(grants.values().stream().filter(grant -> grant.role() == CommitRole.SERVE))
        .as(as)
        .hasSizeLessThanOrEqualTo(1);
    grants
        .values()
        .forEach(
            grant -> {
              assertThat(grant.gen()).as(as).isGreaterThan(endObeyed);
              assertThat(grant.gen()).as(as).isLessThanOrEqualTo(session.gen());
              assertThat(grant.expiresAt()).as(as).isBeforeOrEqualTo(session.expiresAt());
            });
  }
}
