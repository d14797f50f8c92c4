package io.aipaging.sbi.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens (RFC 9068): ES256 only, {@code typ at+jwt} only, no {@code crit}, keys
 * only from the policy (an embedded {@code jwk}, {@code jku}, {@code x5u} or {@code x5c} is not
 * looked at), no clock skew.
 */
public final class TokenVerifier {
  private static final int TOKEN_CHARACTERS_MAX = 8_192;
  private static final int SUBJECT_CHARACTERS_MAX = 256;
  private static final int KID_CHARACTERS_MAX = 256;
  private static final int VERIFIED_MAX = 1_024;
  private static final int AUDIENCES_MAX = 32;
  private static final long EPOCH_SECONDS_MAX = 253_402_300_799L;
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{86}");

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
      throw rejected("not a compact JWS");
    }
    String[] parts = compact.split("\\.", -1);
    ECPublicKey key = key(object(parts[0]));
    AccessToken known = verified.get(compact, key);
    if (known != null) {
      requireLive(known.expiresAt());
      return known;
    }
    requireSignature(parts, key);
    AccessToken token = claims(object(parts[1]));
    verified.put(compact, key, token);
    return token;
  }

  private void requireLive(Instant expiresAt) throws TokenRejected {
    if (!clock.instant().isBefore(expiresAt)) {
      throw rejected("expired");
    }
  }

  private ECPublicKey key(JsonNode header) throws TokenRejected {
    if (!"ES256".equals(header.path("alg").textValue())) {
      throw rejected("alg");
    }
    String typ = header.path("typ").asText("").toLowerCase(Locale.ROOT);
    if (!typ.equals("at+jwt") && !typ.equals("application/at+jwt")) {
      throw rejected("typ");
    }
    if (header.has("crit") || header.has("b64")) {
      throw rejected("crit");
    }
    String kid = header.path("kid").textValue();
    if (kid == null || kid.isEmpty() || kid.length() > KID_CHARACTERS_MAX) {
      throw rejected("kid");
    }
    ECPublicKey key = policy.keys().key(kid);
    if (key == null) {
      throw rejected("unknown kid");
    }
    return key;
  }

  private static void requireSignature(String[] parts, ECPublicKey key) throws TokenRejected {
    try {
      JWSHeader header = JWSHeader.parse(new Base64URL(parts[0]));
      byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!new ECDSAVerifier(key).verify(header, input, new Base64URL(parts[2]))) {
        throw rejected("signature");
      }
    } catch (JOSEException | ParseException | IllegalArgumentException e) {
      throw rejected("signature");
    }
  }

  private AccessToken claims(JsonNode claims) throws TokenRejected {
    if (!policy.issuer().equals(text(claims, "iss"))) {
      throw rejected("iss");
    }
    String subject = text(claims, "sub");
    if (subject.length() > SUBJECT_CHARACTERS_MAX || !subject.matches("[\\x21-\\x7e]+")) {
      throw rejected("sub");
    }
    requireAudience(required(claims, "aud"));
    Instant expiresAt = time(required(claims, "exp"), "exp");
    requireLive(expiresAt);
    if (claims.has("nbf") && clock.instant().isBefore(time(claims.path("nbf"), "nbf"))) {
      throw rejected("not yet valid");
    }
    Set<String> scopes = new LinkedHashSet<>(Arrays.asList(text(claims, "scope").split(" +", -1)));
    return new AccessToken(subject, scopes, expiresAt);
  }

  private void requireAudience(JsonNode aud) throws TokenRejected {
    if (aud.isTextual() && policy.audiences().contains(aud.textValue())) {
      return;
    }
    if (aud.isArray() && aud.size() <= AUDIENCES_MAX) {
      for (JsonNode one : aud) {
        if (one.isTextual() && policy.audiences().contains(one.textValue())) {
          return;
        }
      }
    }
    throw rejected("aud");
  }

  private static Instant time(JsonNode value, String claim) throws TokenRejected {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > EPOCH_SECONDS_MAX) {
      throw rejected(claim);
    }
    return Instant.ofEpochSecond(value.longValue());
  }

  private static JsonNode required(JsonNode claims, String claim) throws TokenRejected {
    @Nullable JsonNode value = claims.get(claim);
    if (value == null || value.isNull()) {
      throw new TokenRejected(claim + " missing", true);
    }
    return value;
  }

  private static String text(JsonNode claims, String claim) throws TokenRejected {
    String text = required(claims, claim).textValue();
    if (text == null || text.isEmpty()) {
      throw rejected(claim);
    }
    return text;
  }

  private static JsonNode object(String part) throws TokenRejected {
    try {
      JsonNode node = Json.tree(Base64.getUrlDecoder().decode(part));
      if (node.isObject()) {
        return node;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Falls through: what cannot be read is rejected like what is no object.
    }
    throw rejected("not a JSON object");
  }

  private static TokenRejected rejected(String rule) {
    return new TokenRejected(rule, false);
  }
}
