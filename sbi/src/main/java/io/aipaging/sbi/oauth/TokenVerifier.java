package io.aipaging.sbi.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068): ES256 only, {@code typ at+jwt} only, no {@code crit}, keys
 * only from the policy (an embedded {@code jwk}, {@code jku}, {@code x5u} or {@code x5c} is not
 * looked at), no clock skew. Any other type of token is a core's, where the policy believes one.
 */
public final class TokenVerifier {
  private static final int TOKEN_CHARACTERS_MAX = 8_192;
  private static final int KID_CHARACTERS_MAX = 256;
  private static final int VERIFIED_MAX = 1_024;
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86,1400}");
  private static final int ES256_CHARACTERS = 86;

  private final TokenPolicy policy;
  private final InstantSource clock;
  private final VerifiedTokens verified = new VerifiedTokens(VERIFIED_MAX);

  public TokenVerifier(TokenPolicy policy, InstantSource clock) {
    this.policy = policy;
    this.clock = clock;
  }

  /** Verifies a compact JWS and reads it. */
  public AccessToken verify(String compact) throws TokenRejected {
    if (compact.length() > TOKEN_CHARACTERS_MAX || !COMPACT.matcher(compact).matches()) {
      throw Claims.rejected("not a compact JWS");
    }
    String[] parts = compact.split("\\.", -1);
    JsonNode header = Claims.object(parts[0]);
    if (header.has("crit") || header.has("b64")) {
      throw Claims.rejected("crit");
    }
    CoreTokens core = policy.core();
    if (core != null && !isOfRfc9068(header)) {
      return ofCore(compact, parts, header, core);
    }
    ECPublicKey key = key(header);
    AccessToken known = known(compact, key);
    if (known != null) {
      return known;
    }
    if (parts[2].length() != ES256_CHARACTERS) {
      throw Claims.rejected("signature");
    }
    requireSignature(parts, () -> new ECDSAVerifier(key));
    Claims claims = new Claims(Claims.object(parts[1]));
    if (!policy.issuer().equals(claims.text("iss"))) {
      throw Claims.rejected("iss");
    }
    if (!claims.isFor(policy.audiences())) {
      throw Claims.rejected("aud");
    }
    return kept(compact, key, claims.read(clock.instant()));
  }

  private AccessToken ofCore(String compact, String[] parts, JsonNode header, CoreTokens core)
      throws TokenRejected {
    AccessToken known = known(compact, core.key());
    if (known != null) {
      return known;
    }
    if (!core.algorithm().getName().equals(header.path("alg").textValue())) {
      throw Claims.rejected("alg");
    }
    requireSignature(parts, core::verifier);
    Claims claims = new Claims(Claims.object(parts[1]));
    core.require(claims);
    return kept(compact, core.key(), core.bounded(claims.read(clock.instant())));
  }

  private @Nullable AccessToken known(String compact, PublicKey key) throws TokenRejected {
    AccessToken known = verified.get(compact, key);
    if (known != null) {
      Claims.requireLive(known.expiresAt(), clock.instant());
    }
    return known;
  }

  private AccessToken kept(String compact, PublicKey key, AccessToken token) {
    verified.put(compact, key, token);
    return token;
  }

  private static boolean isOfRfc9068(JsonNode header) {
    String typ = header.path("typ").asText("").toLowerCase(Locale.ROOT);
    return typ.equals("at+jwt") || typ.equals("application/at+jwt");
  }

  private ECPublicKey key(JsonNode header) throws TokenRejected {
    if (!"ES256".equals(header.path("alg").textValue())) {
      throw Claims.rejected("alg");
    }
    if (!isOfRfc9068(header)) {
      throw Claims.rejected("typ");
    }
    String kid = header.path("kid").textValue();
    if (kid == null || kid.isEmpty() || kid.length() > KID_CHARACTERS_MAX) {
      throw Claims.rejected("kid");
    }
    ECPublicKey key = policy.keys().key(kid);
    if (key == null) {
      throw Claims.rejected("unknown kid");
    }
    return key;
  }

  /** How signatures of one key are verified. */
  @FunctionalInterface
  private interface Verifiers {
    JWSVerifier make() throws JOSEException;
  }

  private static void requireSignature(String[] parts, Verifiers verifiers) throws TokenRejected {
    try {
      JWSHeader header = JWSHeader.parse(new Base64URL(parts[0]));
      byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!verifiers.make().verify(header, input, new Base64URL(parts[2]))) {
        throw Claims.rejected("signature");
      }
    } catch (JOSEException | ParseException | IllegalArgumentException e) {
      throw Claims.rejected("signature");
    }
  }
}
