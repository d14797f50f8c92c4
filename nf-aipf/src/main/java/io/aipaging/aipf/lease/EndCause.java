package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft;

/**
 * Why a session ends.
 *
 * @param reason as the client sees it
 * @param trigger what exactly happened, in evidence's words
 */
public record EndCause(EndReason reason, String trigger) {
  /** Its time is over, and nobody has renewed it. */
  public static final EndCause TIME_OVER = new EndCause(EndReason.EXPIRED, "TIME_OVER");

  public EndCause {
    trigger = EvidenceDraft.word(trigger);
  }
}
