package io.aipaging.smfadapter.steering;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.TokenRejected;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.protocol.enforcer.EnforcerClock.Moment;
import java.util.ArrayList;
import java.util.List;

/** Turns compact serializations into COMMITs this gate believes. */
record CommitReader(CommitVerifier verifier, EnforcerClock clock) {
  private static final int COMMITS_MAX = 16;

  /** All of a request, in its order; 400 or 403 when they are not all believable. */
  List<BelievedCommit> readAll(List<String> tokens, Moment receivedAt) {
    if (tokens.isEmpty() || tokens.size() > COMMITS_MAX) {
      throw invalid("/commits", "1 to " + COMMITS_MAX + " COMMITs");
    }
    List<BelievedCommit> believed = new ArrayList<>();
    for (String token : tokens) {
      believed.add(read(token, receivedAt));
    }
    if (believed.stream().map(one -> one.commit().session()).distinct().count() > 1) {
      throw invalid("/commits", "COMMITs of one session");
    }
    if (believed.stream().map(BelievedCommit::sha256).distinct().count() < believed.size()) {
      throw invalid("/commits", "every COMMIT once");
    }
    return believed;
  }

  /** One of them; 403 when it is not believable. */
  BelievedCommit read(String token, Moment receivedAt) {
    try {
      Commit commit = verifier.verify(token, receivedAt.wall());
      return new BelievedCommit(
          commit,
          Crypto.sha256Hex(token),
          clock.deadline(receivedAt, commit.issuedAt(), commit.expiresAt()));
    } catch (TokenRejected e) {
      throw Refusal.of(403, "COMMIT_REJECTED", e.reason() + ": " + e.getMessage());
    }
  }

  private static Refusal invalid(String param, String expected) {
    return Refusal.of(400, "MANDATORY_IE_INCORRECT", "The request is not one lease step.")
        .with(List.of(new InvalidParam(param, "must be " + expected)));
  }
}
