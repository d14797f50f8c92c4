package io.aipaging.protocol;

/** A COMMIT, AIST or DPoP proof that must not be believed. Carries no part of the token. */
public final class TokenRejected extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Not a compact JWS of bounded size with strict JSON inside. */
    MALFORMED,
    /** {@code typ} is another token's. */
    WRONG_TYPE,
    /** {@code alg} is not ES256, or {@code crit} names anything. */
    WRONG_ALGORITHM,
    /** {@code kid} is absent or not in the key set. */
    UNKNOWN_KEY,
    /** Signature does not verify. */
    BAD_SIGNATURE,
    /** {@code iss} is not the expected issuer. */
    WRONG_ISSUER,
    /** {@code aud} does not name the verifier. */
    WRONG_AUDIENCE,
    /** {@code nbf} is in the future, or {@code iat} beyond the skew bound. */
    NOT_YET_VALID,
    /** {@code exp_ms} or {@code exp} has passed. */
    EXPIRED,
    /** A claim is missing, of the wrong type, out of range or contradicts another. */
    INVALID_CLAIM,
    /** The token is not bound to this sender or request. */
    WRONG_BINDING
  }

  private final Reason reason;

  /** A rejection; {@code detail} names claims, never values. */
  public TokenRejected(Reason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
