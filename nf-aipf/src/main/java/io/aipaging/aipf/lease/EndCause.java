package io.aipaging.aipf.lease;

import io.aipaging.aipf.evidence.EvidenceDraft;

/**
 * Why a session ends.
 *
 * @param reason as the client sees it
 * @param trigger what exactly happened, in evidence's words
 */
public record EndCause(EndReason reason, String trigger) {
  public EndCause {
    trigger = EvidenceDraft.word(trigger);
  }
}
