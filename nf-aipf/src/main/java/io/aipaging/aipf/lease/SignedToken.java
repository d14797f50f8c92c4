package io.aipaging.aipf.lease;

import io.aipaging.protocol.Aist;
import io.aipaging.protocol.StoredTokens;

/**
 * A signed AIST, kept so that a repeated page gets the same answer. It goes when the session ends.
 * A session is read far more often than its token is looked at, so only its form is kept.
 *
 * @param jws compact serialization; not shown by {@link #toString}
 */
public record SignedToken(String jws) {
  /**
   * What was signed.
   *
   * @throws IllegalArgumentException when it is no AIST
   */
  public Aist aist() {
    return StoredTokens.aist(jws);
  }

  @Override
  public String toString() {
    return "SignedToken";
  }
}
