package io.aipaging.aexf.admission;

import io.aipaging.protocol.Commit;
import io.aipaging.protocol.CommitRole;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.protocol.TokenRejected;
import io.aipaging.protocol.enforcer.EnforcerClock;
import io.aipaging.protocol.enforcer.EnforcerClock.Moment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Turns compact serializations into COMMITs this agent believes and may obey. */
record CommitReader(AnchorProfile anchor, CommitVerifier verifier, EnforcerClock clock) {

  /**
   * Reads one; 403 when it does not verify or, save for an {@code end}, when it is for another
   * anchor or service or a clock cannot be trusted.
   *
   * @param sentAt when the request was sent, by its sender's clock
   */
  Commit read(String token, @Nullable Instant sentAt, Moment receipt) {
    Commit commit = verified(token, receipt);
    if (commit.role() == CommitRole.END) {
      return commit;
    }
    if (clock.isAhead(sentAt, receipt)) {
      throw Refusals.clockSkew();
    }
    if (!commit.anchor().id().equals(anchor.anchorId())) {
      throw Refusals.commitRejected("the COMMIT admits to another anchor");
    }
    if (!anchor.aisis().contains(commit.aisi())) {
      throw Refusals.commitRejected("this anchor does not serve the AISI");
    }
    if (!clock.agreesAt(receipt)) {
      throw Refusals.commitRejected("wall clock and boot clock disagree; nothing is granted");
    }
    return commit;
  }

  private Commit verified(String token, Moment receipt) {
    try {
      return verifier.verify(token, receipt.wall());
    } catch (TokenRejected e) {
      throw Refusals.commitRejected(String.valueOf(e.getMessage()));
    }
  }
}
