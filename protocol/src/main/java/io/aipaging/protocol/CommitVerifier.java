package io.aipaging.protocol;

import io.aipaging.protocol.TokenRejected.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * Verifies COMMITs for one enforcer. {@code exp_ms} decides and is never lengthened; {@code iat}
 * and {@code nbf} may be ahead by the skew bound, else a COMMIT signed just after a full second by
 * a clock slightly ahead would be refused. An {@code end} is exempt from the checks of time,
 * because it must be obeyed even if late. Fencing is {@link Fences}' part. Thread-safe.
 */
public final class CommitVerifier {
  private final TokenReading tokens;
  private final String issuer;
  private final String enforcerId;
  private final Duration skewBound;

  /**
   * A verifier.
   *
   * @param keys the AIPF Set's public keys
   * @param issuer AIPF Set id expected in {@code iss}
   * @param enforcerId own id expected in {@code aud}
   * @param skewBound how far clocks may differ (lease-protocol §6)
   */
  public CommitVerifier(
      VerificationKeys keys, String issuer, String enforcerId, Duration skewBound) {
    this((token, type) -> Jws.verify(token, type, keys), issuer, enforcerId, skewBound);
  }

  private CommitVerifier(
      TokenReading tokens, String issuer, String enforcerId, Duration skewBound) {
    Checks.that(!skewBound.isNegative(), "skew bound must not be negative");
    this.tokens = tokens;
    this.issuer = issuer;
    this.enforcerId = enforcerId;
    this.skewBound = skewBound;
  }

  /**
   * A verifier of tokens signed in another way than with ES256 keys.
   *
   * @param tokens what to believe
   */
  public static CommitVerifier reading(
      TokenReading tokens, String issuer, String enforcerId, Duration skewBound) {
    return new CommitVerifier(tokens, issuer, enforcerId, skewBound);
  }

  /** The COMMIT in {@code token}, if it may be believed at {@code now}. */
  public Commit verify(String token, Instant now) throws TokenRejected {
    Commit commit = read(tokens.payload(token, CommitSigner.TYPE));
    if (!commit.issuer().equals(issuer)) {
      throw new TokenRejected(Reason.WRONG_ISSUER, "iss is not this AIPF Set");
    }
    if (!commit.audience().contains(enforcerId)) {
      throw new TokenRejected(Reason.WRONG_AUDIENCE, "aud does not name this enforcer");
    }
    if (commit.role() != CommitRole.END) {
      checkTime(commit, now);
    }
    return commit;
  }

  private void checkTime(Commit commit, Instant now) throws TokenRejected {
    if (!now.isBefore(commit.expiresAt())) {
      throw new TokenRejected(Reason.EXPIRED, "exp_ms has passed");
    }
    Instant latest = now.plus(skewBound);
    if (commit.notBefore().isAfter(latest) || commit.issuedAt().isAfter(latest)) {
      throw new TokenRejected(Reason.NOT_YET_VALID, "nbf or iat is in the future");
    }
  }

  private static Commit read(String payload) throws TokenRejected {
    try {
      return CommitClaims.read(payload);
    } catch (IllegalArgumentException e) {
      throw new TokenRejected(Reason.INVALID_CLAIM, String.valueOf(e.getMessage()));
    }
  }
}
