package io.aipaging.bench.steering;

import io.aipaging.bench.Finding;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.AnchorRef;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitSigner;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.KeySet;
import io.aipaging.protocol.LeaseId;
import io.aipaging.protocol.QosGrant;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.SigningKeys;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.journal.FileGateJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a gate does around a kernel operation.
 *
 * @param verification of a COMMIT
 * @param journal a fence, synced
 */
record Around(Times verification, Times journal) {
  private static final String GATE = "gate-1";
  private static final String SET = "aipf-set-1";
  private static final int SYNCS_MAX = 200;

  static Around measure(Path folder, int operations) throws Exception {
    SigningKeys keys = SigningKeys.generate();
    CommitVerifier verifier =
        new CommitVerifier(KeySet.ofJwks(keys.jwks()), SET, GATE, Duration.ofMillis(250));
    Instant now = Instant.now();
    String token = new CommitSigner(keys).sign(commit(now));
    Times.of(operations, i -> verifier.verify(token, now));
    Times verification = Times.of(operations, i -> verifier.verify(token, now));
    try (FileGateJournal journal = FileGateJournal.open(folder.resolve("gate.journal"))) {
      String line = "fence " + "x".repeat(300);
      Times appended =
          Times.of(Math.min(operations, SYNCS_MAX), i -> journal.append(List.of(line)));
      return new Around(verification, appended);
    }
  }

  List<Finding> findings() {
    return List.of(
        Finding.of("verifyP50Us", "beside it: verifying a COMMIT, p50", verification.p50Us(), "us"),
        Finding.of("journalP50Us", "beside it: journal, synced, p50", journal.p50Us(), "us"));
  }

  private static Commit commit(Instant now) {
    SteeringStep step = Steps.step(Kind.INSTALL, 0);
    Grant grant = step.carried().getFirst().grant();
    return new Commit(
        SET,
        List.of(GATE),
        "jti-bench-1",
        new LeaseId("lease-aa"),
        new SessionId("session-1"),
        Aisi.parse("urn:aisi:example:embed-text:standard:1"),
        1,
        CommitRole.SERVE,
        null,
        now,
        now,
        now.plusSeconds(30),
        new AnchorRef("a", "dnai-a", grant.anchor()),
        step.flow(),
        QosGrant.NONE);
  }
}
