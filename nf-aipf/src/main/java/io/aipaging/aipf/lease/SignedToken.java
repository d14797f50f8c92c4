package io.aipaging.aipf.lease;

import io.aipaging.protocol.Aist;

/**
 * An AIST and its signed form, kept so that a repeated page gets the same answer. It goes when the
 * session ends.
 *
 * @param aist what was signed
 * @param jws compact serialization; not shown by {@link #toString}
 */
public record SignedToken(Aist aist, String jws) {
  @Override
  public String toString() {
    return "SignedToken[" + aist.jti() + "]";
  }
}
