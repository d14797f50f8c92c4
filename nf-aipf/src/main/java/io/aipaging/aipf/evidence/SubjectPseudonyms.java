package io.aipaging.aipf.evidence;

import io.aipaging.protocol.UeAddress;
import io.aipaging.protocol.UeHashKey;
import org.jspecify.annotations.Nullable;

/** Names subscribers in evidence and tokens without naming them. */
public final class SubjectPseudonyms {
  private static final String EVIDENCE = "evidence";
  private final UeHashKey key;

  /** Pseudonyms under {@code key}; who erases it makes them meaningless. */
  public SubjectPseudonyms(UeHashKey key) {
    this.key = key;
  }

  /** The subject of evidence: the SUPI where it is known, else the UE's address. */
  public String inEvidence(UeAddress ue, @Nullable String supi) {
    return key.pseudonym(EVIDENCE, subject(ue, supi));
  }

  /** The subject of an AIST: another one for every client, so that clients cannot compare. */
  public String inTokenFor(String clientId, UeAddress ue, @Nullable String supi) {
    return key.pseudonym("aist " + clientId, subject(ue, supi));
  }

  private static String subject(UeAddress ue, @Nullable String supi) {
    return supi == null ? ue.toString() : supi;
  }
}
