package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.LEASE;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.commit;
import static io.aipaging.protocol.Samples.sessionEnd;
import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.protocol.SessionFence.Decision;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Lease-protocol §3 "Fences", sentence by sentence. */
class SessionFenceTest {
  private static final LeaseId OLD = LEASE;
  private static final LeaseId NEW = new LeaseId("lease-0002");
  private static final Instant LATER = NOW.plusSeconds(60);

  private SessionFence fence = SessionFence.NONE;

  private static String sha(Commit commit) {
    return Crypto.sha256Hex(commit.toString());
  }

  private Decision decide(Commit commit) {
    return fence.decide(commit, sha(commit));
  }

  private void obey(Commit commit) {
    Decision decision = decide(commit);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    fence = ((Decision.Accepted) decision).next();
  }

  private void assertRefused(Commit commit) {
    assertThat(decide(commit)).isInstanceOf(Decision.Refused.class);
  }

  private static Commit serve(long gen, LeaseId lease) {
    return commit(gen, CommitRole.SERVE, lease);
  }

  private static Commit drain(long gen, LeaseId lease) {
    return commit(gen, CommitRole.DRAIN, lease);
  }

  private static Commit end(long gen, LeaseId lease) {
    return commit(gen, CommitRole.END, lease);
  }

  /** "keeps, per session, the highest serve gen accepted and, per lease, the highest gen". */
  @Test
  void highestServeOfTheSessionAndHighestOfEachLeaseAreKept() {
    obey(serve(1, OLD));
    obey(serve(4, NEW));
    obey(drain(5, OLD));
    assertThat(fence.serveGen()).isEqualTo(4);
    assertThat(fence.leases().get(OLD).gen()).isEqualTo(5);
    assertThat(fence.leases().get(OLD).role()).isEqualTo(CommitRole.DRAIN);
    assertThat(fence.leases().get(NEW).gen()).isEqualTo(4);
  }

  /** "Accept a COMMIT whose gen is above both": the session's bound for a serve. */
  @Test // L3.1
  void aServeMustBeAboveTheSessionsHighestServe() {
    obey(serve(3, OLD));
    assertRefused(serve(2, NEW));
    assertRefused(serve(3, NEW));
    obey(serve(4, NEW));
  }

  /** "Accept a COMMIT whose gen is above both": the lease's bound for a serve. */
  @Test // L3.1
  void aServeMustBeAboveItsLeasesHighest() {
    obey(serve(1, OLD));
    obey(drain(3, OLD));
    assertRefused(serve(2, OLD));
    assertRefused(serve(3, OLD));
    obey(serve(4, OLD));
  }

  /** "a drain or end only above its lease's". */
  @Test // L3.2
  void aDrainOrEndNeedsOnlyToBeAboveItsLeases() {
    obey(serve(1, OLD));
    obey(serve(9, NEW));
    assertRefused(drain(1, OLD));
    obey(drain(2, OLD));
    assertRefused(end(2, OLD));
    obey(end(3, OLD));
  }

  /** "or one identical to the last accepted for its lease". */
  @Test // L3.3
  void theLastAcceptedOfALeaseMayBeReinstalled() {
    Commit first = serve(1, OLD);
    Commit renewed = serve(2, OLD);
    obey(first);
    assertThat(decide(first)).isInstanceOf(Decision.Identical.class);
    obey(renewed);
    assertRefused(first);
    assertThat(decide(renewed)).isInstanceOf(Decision.Identical.class);
    Commit draining = drain(3, OLD);
    obey(draining);
    obey(serve(4, NEW));
    assertThat(decide(draining)).isInstanceOf(Decision.Identical.class);
  }

  @Test // L3.3
  void sameGenerationWithOtherContentIsNotIdentical() {
    obey(serve(1, OLD));
    assertRefused(commit(1, CommitRole.SERVE, OLD, LATER));
  }

  /** Invariant 4: what once served is not reinstalled beside its successor. */
  @Test // L3.4
  void theLastServeOfALeaseThatWasOvertakenIsRefused() {
    Commit overtaken = serve(1, OLD);
    obey(overtaken);
    obey(serve(2, NEW));
    assertRefused(overtaken);
  }

  /** "end with scope lease refuses every lower gen of that lease". */
  @Test // L3.5
  void theEndOfALeaseRefusesEveryLowerGenerationOfItOnly() {
    obey(end(5, OLD));
    assertRefused(serve(4, OLD));
    assertRefused(drain(4, OLD));
    assertRefused(end(4, OLD));
    assertRefused(serve(5, OLD));
    obey(serve(3, NEW));
  }

  /** "with scope session, of that session". */
  @Test // L3.6
  void theEndOfASessionRefusesEveryLowerGenerationOfEveryLease() {
    Commit draining = drain(2, OLD);
    obey(serve(1, OLD));
    obey(draining);
    obey(serve(3, NEW));
    obey(sessionEnd(6, NEW, LATER));
    assertRefused(draining);
    assertRefused(serve(5, OLD));
    assertRefused(drain(5, new LeaseId("lease-0003")));
    assertRefused(serve(6, OLD));
    assertRefused(end(5, OLD));
    assertThat(fence.endedGen()).isEqualTo(6);
  }

  /** "An end is obeyed even if late", also where nothing is known of what it ends. */
  @Test
  void anEndIsObeyedWithoutAnythingToEnd() {
    obey(sessionEnd(6, OLD, NOW.minusSeconds(60)));
    assertRefused(serve(1, OLD));
  }

  /** The answer may have been lost: asking again must not look like a failure. */
  @Test // L3.7
  void anEndMayBeRepeatedAlsoAfterTheSessionEnded() {
    Commit end = end(4, OLD);
    Commit all = sessionEnd(6, NEW, LATER);
    obey(end);
    obey(all);
    assertThat(decide(end)).isInstanceOf(Decision.Identical.class);
    assertThat(decide(all)).isInstanceOf(Decision.Identical.class);
  }

  /** "kept until every COMMIT they refuse has expired". */
  @Test
  void theFenceIsRetainedUntilTheLatestExpirySeen() {
    obey(commit(1, CommitRole.SERVE, OLD, LATER));
    obey(commit(2, CommitRole.DRAIN, OLD, NOW.plusSeconds(5)));
    obey(commit(3, CommitRole.SERVE, NEW, NOW.plusSeconds(30)));
    assertThat(fence.retainUntil()).isEqualTo(LATER);
    assertThat(fence.leases().get(OLD).retainUntil()).isEqualTo(LATER);
    assertThat(fence.leases().get(NEW).retainUntil()).isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void decidingChangesNothing() {
    obey(serve(1, OLD));
    SessionFence before = fence;
    decide(serve(2, OLD));
    decide(serve(1, NEW));
    assertThat(fence).isEqualTo(before);
    assertThat(SessionFence.NONE.leases()).isEmpty();
  }

  @Test
  void leasesOfASessionAreBoundedButEndsAreStillObeyed() {
    for (int i = 1; i <= 256; i++) {
      obey(serve(i, new LeaseId("lease-%04d".formatted(i))));
    }
    LeaseId another = new LeaseId("lease-9999");
    assertRefused(serve(300, another));
    assertRefused(drain(300, another));
    obey(serve(300, new LeaseId("lease-0256")));
    obey(sessionEnd(301, another, LATER));
    assertRefused(serve(300, new LeaseId("lease-0001")));
  }
}
