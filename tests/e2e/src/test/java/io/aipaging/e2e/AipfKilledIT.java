package io.aipaging.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.sbi.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AipfKilledIT {
  @TempDir Path folder;

  @Test
  void trafficStopsByItselfAtTheLeasesEndAndANewAipfServesTheUeAgain() throws Exception {
    try (BreakableSet set = new BreakableSet(folder);
        HttpsUser ue = set.ue()) {
      Session session;
      Instant exp;
      try (Aipaging aipf = startAipf(set)) {
        session = awaitPage(set);
        assertThat(set.embed(ue, session)).isEqualTo(200);
        exp = awaitRenewal(set, session);
        assertThat(EvidenceChain.verify(set.evidence(session.sessionId())))
            .isInstanceOf(EvidenceChain.Verdict.Verified.class);
        assertThat(set.evidence(session.sessionId())).anyMatch(r -> r.contains("LEASE_RENEWED"));
      } // SIGKILL

      assertThat(set.embed(ue, session)).as("the lease lives on").isEqualTo(200);
      Instant lastAnswer = useUntilClosed(set, ue, session);
      assertThat(lastAnswer).isBefore(exp);
      assertThat(set.grants()).isZero();
      Await.until(BreakableSet.PATIENCE, "free slots", () -> set.slotsHeld(0) == 0);

      try (Aipaging aipf = startAipf(set)) {
        Session again = awaitPage(set);
        assertThat(set.embed(ue, again)).isEqualTo(200);
      }
    }
  }

  private Aipaging startAipf(BreakableSet set) throws Exception {
    Path file = folder.resolve("nf-aipf.yaml");
    Files.writeString(file, Configuration.text(set.deployment.aipf(Repository.catalog())));
    Aipaging aipf =
        Aipaging.start(
            folder, set.deployment.catalogVariables(), "run", "aipf", "--config", file.toString());
    aipf.awaitWords("ready");
    return aipf;
  }

  private static Session awaitPage(BreakableSet set) throws Exception {
    AtomicReference<Session> paged = new AtomicReference<>();
    Await.until(
        BreakableSet.PATIENCE,
        "a page that works",
        () -> {
          try {
            paged.set(set.page());
          } catch (io.aipaging.openapi.Refusal e) {
            return false; // the anchors are not found well yet
          }
          return true;
        });
    return paged.get();
  }

  private static Instant awaitRenewal(BreakableSet set, Session session) throws Exception {
    Instant first = expiry(session);
    AtomicReference<Instant> latest = new AtomicReference<>(first);
    Await.until(
        BreakableSet.PATIENCE,
        "a renewal of the lease",
        () -> {
          latest.set(expiry(set.session(session.sessionId())));
          return latest.get().isAfter(first);
        });
    return latest.get();
  }

  private static Instant expiry(Session session) {
    return session.leases().stream()
        .filter(lease -> lease.state().equals("SERVING"))
        .map(SessionLease::expiresAt)
        .findFirst()
        .orElseThrow();
  }

  private static Instant useUntilClosed(BreakableSet set, HttpsUser ue, Session session)
      throws Exception {
    AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);
    Await.until(
        BreakableSet.PATIENCE,
        "the end of the lease",
        () -> {
          boolean answered = set.embed(ue, session) == 200;
          if (answered) {
            last.set(Instant.now());
          }
          return !answered;
        });
    return last.get();
  }
}
