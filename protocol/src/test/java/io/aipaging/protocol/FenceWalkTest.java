package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.SESSION;
import static io.aipaging.protocol.Samples.commit;
import static io.aipaging.protocol.Samples.sessionEnd;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.SessionFence.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * COMMITs of one session delivered late, twice, out of order and over restarts: what an enforcer
 * that obeys the decisions would do, against rules written down independently of the fence.
 */
class FenceWalkTest {
  private static final int STEPS = 400;

  /** What the enforcer did so far. */
  private static final class Enforcer {
    private Fences fences = new Fences();
    private final Map<LeaseId, Commit> installed = new HashMap<>();
    private final Map<LeaseId, Long> highestOfLease = new HashMap<>();
    private final Map<LeaseId, Long> endedLease = new HashMap<>();
    private final Map<LeaseId, Commit> last = new HashMap<>();
    private long highestServe;
    private long endedSession;

    Decision deliver(Commit commit) {
      String sha = Crypto.sha256Hex(commit.toString());
      Decision decision = fences.of(SESSION).decide(commit, sha);
      switch (decision) {
        case Decision.Accepted(SessionFence next) -> {
          checkNew(commit);
          fences.set(SESSION, next);
          note(commit);
          install(commit);
        }
        case Decision.Identical() -> {
          assertThat(commit).isEqualTo(last.get(commit.lease()));
          install(commit);
        }
        case Decision.Refused(String rule) -> checkRefusal(commit, rule);
      }
      return decision;
    }

    private void checkNew(Commit commit) {
      assertThat(commit.gen()).isGreaterThan(highestOfLease.getOrDefault(commit.lease(), 0L));
      assertThat(commit.gen()).isGreaterThan(endedLease.getOrDefault(commit.lease(), 0L));
      assertThat(commit.gen()).isGreaterThan(endedSession);
      if (commit.role() == CommitRole.SERVE) {
        assertThat(commit.gen()).isGreaterThan(highestServe);
      }
    }

    private void checkRefusal(Commit commit, String rule) {
      assertThat(rule).isNotBlank();
      boolean inOrder =
          commit.gen() > highestOfLease.getOrDefault(commit.lease(), 0L)
              && commit.gen() > endedSession
              && (commit.role() != CommitRole.SERVE || commit.gen() > highestServe);
      assertThat(inOrder).as("a COMMIT in order must not be refused: " + rule).isFalse();
    }

    private void note(Commit commit) {
      highestOfLease.merge(commit.lease(), commit.gen(), Math::max);
      last.put(commit.lease(), commit);
      if (commit.role() == CommitRole.SERVE) {
        highestServe = Math.max(highestServe, commit.gen());
      }
      if (commit.role() == CommitRole.END) {
        endedLease.merge(commit.lease(), commit.gen(), Math::max);
      }
      if (commit.endScope() == EndScope.SESSION) {
        endedSession = Math.max(endedSession, commit.gen());
      }
    }

    /** As a gate would: new flows go to one lease only. */
    private void install(Commit commit) {
      switch (commit.role()) {
        case SERVE -> {
          installed.values().removeIf(c -> c.role() == CommitRole.SERVE);
          installed.put(commit.lease(), commit);
        }
        case DRAIN -> installed.put(commit.lease(), commit);
        case END -> {
          installed.remove(commit.lease());
          if (commit.endScope() == EndScope.SESSION) {
            installed.clear();
          }
        }
      }
    }

    void check() {
      List<Commit> serving =
          installed.values().stream().filter(c -> c.role() == CommitRole.SERVE).toList();
      assertThat(serving).hasSizeLessThanOrEqualTo(1);
      serving.forEach(c -> assertThat(c.gen()).isEqualTo(highestServe));
      installed
          .values()
          .forEach(
              c -> {
                assertThat(c.gen()).isGreaterThan(endedSession);
                assertThat(c.gen()).isGreaterThan(endedLease.getOrDefault(c.lease(), 0L));
              });
    }

    void restart() {
      Fences again = new Fences();
      fences.lines().forEach(again::load);
      assertThat(again.of(SESSION)).isEqualTo(fences.of(SESSION));
      fences = again;
      installed.clear();
    }
  }

  /** All COMMITs the AIPF signed for the session, one counter for all roles. */
  private static List<Commit> signed(Random random) {
    List<Commit> commits = new ArrayList<>();
    for (long gen = 1; gen <= 40; gen++) {
      LeaseId lease = new LeaseId("lease-000" + random.nextInt(4));
      int kind = random.nextInt(20);
      commits.add(
          kind == 0
              ? sessionEnd(gen, lease, NOW.plusSeconds(30))
              : commit(
                  gen,
                  kind < 11 ? CommitRole.SERVE : kind < 16 ? CommitRole.DRAIN : CommitRole.END,
                  lease));
    }
    return commits;
  }

  @ParameterizedTest // L1.4
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void noOrderOfDeliveryBreaksTheFences(long seed) {
    Random random = new Random(seed);
    List<Commit> commits = signed(random);
    Enforcer enforcer = new Enforcer();
    Set<Class<?>> seen = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      int window = Math.min(commits.size(), 6 + step / 8);
      Commit next = commits.get(random.nextInt(window));
      try {
        seen.add(enforcer.deliver(next).getClass());
        enforcer.check();
        if (random.nextInt(25) == 0) {
          enforcer.restart();
        }
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", step " + step + ": " + next, e);
      }
    }
    assertThat(seen).as("seed %d", seed).contains(Decision.Accepted.class, Decision.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 77, 777})
  void deliveryInOrderIsNeverRefusedAndRepetitionIsIdentical(long seed) {
    Enforcer enforcer = new Enforcer();
    for (Commit commit : signed(new Random(seed))) {
      assertThat(enforcer.deliver(commit))
          .as("seed %d", seed)
          .isInstanceOf(Decision.Accepted.class);
      assertThat(enforcer.deliver(commit))
          .as("seed %d", seed)
          .isInstanceOf(Decision.Identical.class);
      enforcer.check();
    }
  }
}
