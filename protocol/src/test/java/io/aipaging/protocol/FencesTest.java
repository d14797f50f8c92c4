package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.LEASE;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.SESSION;
import static io.aipaging.protocol.Samples.commit;
import static io.aipaging.protocol.Samples.sessionEnd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.SessionFence.Decision;
import io.aipaging.protocol.SessionFence.LeaseFence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FencesTest {
  private static final String SHA = "ab".repeat(32);
  private static final Duration BOUND = Duration.ofMillis(250);

  private static SessionFence after(Commit... commits) {
    SessionFence fence = SessionFence.NONE;
    for (Commit commit : commits) {
      fence =
          ((Decision.Accepted) fence.decide(commit, Crypto.sha256Hex(commit.toString()))).next();
    }
    return fence;
  }

  @Test
  void aFenceComesBackFromItsLineUnchanged() {
    SessionFence fence =
        after(
            commit(1, CommitRole.SERVE, LEASE),
            commit(2, CommitRole.SERVE, new LeaseId("lease-0002")),
            commit(3, CommitRole.DRAIN, LEASE),
            sessionEnd(4, LEASE, NOW.plusSeconds(90)));
    String line = Fences.line(SESSION, fence);
    Fences loaded = new Fences();
    loaded.load(line);
    assertThat(loaded.of(SESSION)).isEqualTo(fence);
    assertThat(loaded.lines()).containsExactly(line);
    assertThat(line).doesNotContain("\n").doesNotContain("\r");
  }

  @Test
  void theLineIsAsEnforcersAlreadyKeepIt() {
    SessionFence fence =
        new SessionFence(
            4, 5, NOW, Map.of(LEASE, new LeaseFence(5, CommitRole.END, SHA, NOW.plusMillis(1))));
    assertThat(Fences.line(SESSION, fence))
        .isEqualTo(
            "{\"sid\":\"session-0001\",\"serveGen\":4,\"endedGen\":5,"
                + "\"retainUntilMs\":1790000000000,\"leases\":{\"lease-0001\":{\"gen\":5,"
                + "\"role\":\"END\",\"commitSha256\":\""
                + SHA
                + "\",\"retainUntilMs\":1790000000001}}}");
  }

  @Test
  void theLastLineOfASessionWins() {
    Fences fences = new Fences();
    fences.load(Fences.line(SESSION, after(commit(1, CommitRole.SERVE, LEASE))));
    SessionFence newest =
        after(commit(1, CommitRole.SERVE, LEASE), commit(2, CommitRole.END, LEASE));
    fences.load(Fences.line(SESSION, newest));
    assertThat(fences.of(SESSION)).isEqualTo(newest);
    assertThat(fences.size()).isEqualTo(1);
  }

  @Test
  void linesAreInOrderOfSessions() {
    Fences fences = new Fences();
    fences.set(new SessionId("session-b"), SessionFence.NONE);
    fences.set(new SessionId("session-a"), SessionFence.NONE);
    assertThat(fences.lines())
        .containsExactly(
            Fences.line(new SessionId("session-a"), SessionFence.NONE),
            Fences.line(new SessionId("session-b"), SessionFence.NONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"sid\":\"session-0001\"}",
        "{\"sid\":\"x\",\"serveGen\":1,\"endedGen\":0,\"retainUntilMs\":0,\"leases\":{}}",
        "{\"sid\":\"session-0001\",\"serveGen\":\"1\",\"endedGen\":0,\"retainUntilMs\":0,"
            + "\"leases\":{}}",
        "{\"sid\":\"session-0001\",\"serveGen\":1,\"endedGen\":0,\"retainUntilMs\":0,"
            + "\"leases\":{\"lease-0001\":{\"gen\":1,\"role\":\"LOOK\",\"commitSha256\":\"\","
            + "\"retainUntilMs\":0}}}"
      })
  void whatIsNoLineIsRefusedAndChangesNothing(String line) {
    Fences fences = new Fences();
    assertThatThrownBy(() -> fences.load(line)).isInstanceOf(IllegalArgumentException.class);
    assertThat(fences.size()).isZero();
  }

  @Test // L3.9
  void aFenceIsForgottenOnlyAfterWhatItRefusesHasExpired() {
    Instant expiresAt = NOW.plusMillis(30_250);
    Fences fences = new Fences();
    fences.set(SESSION, after(commit(2, CommitRole.END, LEASE, expiresAt)));
    fences.prune(expiresAt.plus(BOUND), BOUND);
    assertThat(fences.size()).isEqualTo(1);
    fences.prune(expiresAt.plus(BOUND).plusMillis(1), BOUND);
    assertThat(fences.size()).isZero();
    assertThat(fences.of(SESSION)).isEqualTo(SessionFence.NONE);
  }

  @Test
  void expiredLeasesOfALiveSessionAreForgottenAndItsGenerationKept() {
    LeaseId live = new LeaseId("lease-0002");
    Fences fences = new Fences();
    fences.set(
        SESSION,
        after(
            commit(1, CommitRole.SERVE, LEASE, NOW.plusSeconds(5)),
            commit(2, CommitRole.SERVE, live, NOW.plusSeconds(60)),
            commit(3, CommitRole.END, LEASE, NOW.plusSeconds(5))));
    fences.prune(NOW.plusSeconds(6), BOUND);
    assertThat(fences.of(SESSION).leases()).containsOnlyKeys(live);
    assertThat(fences.of(SESSION).serveGen()).isEqualTo(2);
  }

  @Test
  void theLongestPossibleLineFitsTheJournalAndIsReadBack() {
    Map<LeaseId, LeaseFence> leases = new HashMap<>();
    for (int i = 0; i < 256; i++) {
      leases.put(
          new LeaseId("l".repeat(60) + "%04d".formatted(i)),
          new LeaseFence(
              (1L << 53) - 1, CommitRole.SERVE, SHA, Instant.parse("9999-12-31T23:59:59.999Z")));
    }
    SessionFence fence = new SessionFence((1L << 53) - 1, (1L << 53) - 1, NOW, leases);
    SessionId session = new SessionId("s".repeat(64));
    String line = Fences.line(session, fence);
    assertThat(line.length()).isLessThanOrEqualTo(65_536);
    Fences fences = new Fences();
    fences.load(line);
    assertThat(fences.of(session)).isEqualTo(fence);
  }
}
