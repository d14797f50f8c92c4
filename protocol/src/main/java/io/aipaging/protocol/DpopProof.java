package io.aipaging.protocol;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.ECKey;
import io.aipaging.protocol.TokenRejected.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;

/**
 * A verified DPoP proof (RFC 9449 §4.3). Refusing a {@code jti} seen before is the caller's part.
 *
 * @param jti unique per proof
 * @param issuedAt {@code iat}
 */
public record DpopProof(String jti, Instant issuedAt) {
  private static final String TYPE = "dpop+jwt";

  /** The request a proof must be made for. */
  public record Request(String method, URI uri, String accessToken, String jkt) {
    /** Without the token, because this may end in a log. */
    @Override
    public String toString() {
      return "Request[method=" + method + ", uri=" + uri + ", jkt=" + jkt + "]";
    }
  }

  /**
   * Verifies a proof.
   *
   * @param token the {@code DPoP} header
   * @param request what it must be bound to; {@code jkt} is the access token's confirmation
   * @param now time of the check
   * @param window how far {@code iat} may be from {@code now}, either way
   */
  public static DpopProof verify(String token, Request request, Instant now, Duration window)
      throws TokenRejected {
    JWSObject jws = Jws.parse(token);
    Jws.checkHeader(jws.getHeader(), TYPE);
    if (!(jws.getHeader().getJWK() instanceof ECKey key) || key.isPrivate()) {
      throw new TokenRejected(Reason.UNKNOWN_KEY, "jwk must be a public EC key");
    }
    try {
      Jws.checkSignature(jws, key.toECPublicKey());
      if (!key.computeThumbprint().toString().equals(request.jkt())) {
        throw new TokenRejected(Reason.WRONG_BINDING, "jwk is not the key of the token");
      }
    } catch (JOSEException e) {
      throw new TokenRejected(Reason.UNKNOWN_KEY, "jwk is not a P-256 key");
    }
    return check(jws.getPayload().toString(), request, now, window);
  }

  private static DpopProof check(String payload, Request request, Instant now, Duration window)
      throws TokenRejected {
    DpopProof proof;
    boolean bound;
    try {
      Claims claims = Claims.parse(payload);
      proof = new DpopProof(claims.text("jti"), claims.seconds("iat"));
      Checks.that(!proof.jti().isEmpty() && proof.jti().length() <= 128, "jti has a bad length");
      String method = claims.text("htm");
      URI target = uri(claims.text("htu"));
      bound =
          claims.text("ath").equals(Crypto.sha256Base64Url(request.accessToken()))
              && method.equals(request.method())
              && sameTarget(target, request.uri());
    } catch (IllegalArgumentException e) {
      throw new TokenRejected(Reason.INVALID_CLAIM, String.valueOf(e.getMessage()));
    }
    if (!bound) {
      throw new TokenRejected(Reason.WRONG_BINDING, "htm, htu or ath is of another request");
    }
    if (Duration.between(proof.issuedAt(), now).abs().compareTo(window) > 0) {
      throw new TokenRejected(Reason.EXPIRED, "iat is outside the window");
    }
    return proof;
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("htu is not a URI", e);
    }
  }

  /** Compares without query and fragment (RFC 9449 §4.3 point 9). */
  private static boolean sameTarget(URI a, URI b) {
    return a.getScheme() != null
        && a.getScheme().equalsIgnoreCase(b.getScheme())
        && a.getHost() != null
        && a.getHost().equalsIgnoreCase(b.getHost())
        && port(a) == port(b)
        && path(a).equals(path(b));
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }
}
