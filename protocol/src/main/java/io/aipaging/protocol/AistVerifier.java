package io.aipaging.protocol;

import io.aipaging.protocol.TokenRejected.Reason;
import java.time.Duration;
import java.time.Instant;

/**
 * Verifies AISTs at an anchor. Whether the session has a live COMMIT and whether the sender is the
 * one the token is bound to is for the caller to check. Thread-safe.
 */
public final class AistVerifier {
  private final VerificationKeys keys;
  private final String issuer;
  private final Duration skewBound;

  /**
   * A verifier.
   *
   * @param keys the AIPF Set's public keys
   * @param issuer AIPF Set id expected in {@code iss}
   * @param skewBound how far the issuer's clock may be ahead; never lengthens {@code exp}
   */
  public AistVerifier(VerificationKeys keys, String issuer, Duration skewBound) {
    Checks.that(!skewBound.isNegative(), "skew bound must not be negative");
    this.keys = keys;
    this.issuer = issuer;
    this.skewBound = skewBound;
  }

  /** The AIST in {@code token}, if it may be believed at {@code now}. */
  public Aist verify(String token, Instant now) throws TokenRejected {
    String payload = Jws.verify(token, AistSigner.TYPE, keys);
    Aist aist;
    Instant notBefore;
    try {
      Claims claims = Claims.parse(payload);
      notBefore = claims.seconds("nbf");
      aist = read(claims);
    } catch (IllegalArgumentException e) {
      throw new TokenRejected(Reason.INVALID_CLAIM, String.valueOf(e.getMessage()));
    }
    if (!aist.issuer().equals(issuer)) {
      throw new TokenRejected(Reason.WRONG_ISSUER, "iss is not this AIPF Set");
    }
    if (!now.isBefore(aist.expiresAt())) {
      throw new TokenRejected(Reason.EXPIRED, "exp has passed");
    }
    Instant latest = now.plus(skewBound);
    if (notBefore.isAfter(latest) || aist.issuedAt().isAfter(latest)) {
      throw new TokenRejected(Reason.NOT_YET_VALID, "nbf or iat is in the future");
    }
    return aist;
  }

  static Aist read(Claims claims) {
    String aisi = claims.text("aisi");
    Checks.that(claims.text("aud").equals(aisi), "aud must be the aisi");
    return new Aist(
        claims.text("iss"),
        claims.text("sub"),
        claims.text("client_id"),
        Aisi.parse(aisi),
        new SessionId(claims.text("sid")),
        claims.text("scope"),
        confirmation(claims.object("cnf")),
        claims.seconds("iat"),
        claims.seconds("exp"),
        claims.text("jti"));
  }

  private static Confirmation confirmation(Claims cnf) {
    Checks.that(cnf.node().size() == 1, "cnf must hold exactly one binding");
    if (cnf.node().has("ueh")) {
      return new Confirmation.UeAddressHash(cnf.text("ueh"));
    }
    if (cnf.node().has("jkt")) {
      return new Confirmation.DpopKey(cnf.text("jkt"));
    }
    return new Confirmation.ClientCertificate(cnf.text("x5t#S256"));
  }
}
