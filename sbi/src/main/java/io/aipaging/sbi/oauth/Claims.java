package io.aipaging.sbi.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claims of a token; what is not as it must be is named by its rule, never by its value. */
record Claims(JsonNode node) {
  private static final int SUBJECT_CHARACTERS_MAX = 256;
  private static final int AUDIENCES_MAX = 32;
  private static final long EPOCH_SECONDS_MAX = 253_402_300_799L;

  /** Reads a part of a compact JWS, which is a JSON object. */
  static JsonNode object(String part) throws TokenRejected {
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

  /** What the token says once issuer and audience are known to be right. */
  AccessToken read(Instant now) throws TokenRejected {
    String subject = text("sub");
    if (subject.length() > SUBJECT_CHARACTERS_MAX || !subject.matches("[\\x21-\\x7e]+")) {
      throw rejected("sub");
    }
    Instant expiresAt = time("exp");
    requireLive(expiresAt, now);
    if (node.has("nbf") && now.isBefore(time("nbf"))) {
      throw rejected("not yet valid");
    }
    Set<String> scopes = new LinkedHashSet<>(Arrays.asList(text("scope").split(" +", -1)));
    return new AccessToken(subject, scopes, expiresAt);
  }

  static void requireLive(Instant expiresAt, Instant now) throws TokenRejected {
    if (!now.isBefore(expiresAt)) {
      throw rejected("expired");
    }
  }

  /** Whether {@code aud} names one of those. */
  boolean isFor(Set<String> audiences) throws TokenRejected {
    JsonNode aud = required("aud");
    if (aud.isTextual()) {
      return audiences.contains(aud.textValue());
    }
    if (aud.isArray() && aud.size() <= AUDIENCES_MAX) {
      for (JsonNode one : aud) {
        if (one.isTextual() && audiences.contains(one.textValue())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a claim is absent or says nothing. */
  boolean isEmpty(String claim) {
    JsonNode value = node.path(claim);
    return value.isMissingNode() || (value.isTextual() && value.textValue().isEmpty());
  }

  String text(String claim) throws TokenRejected {
    String text = required(claim).textValue();
    if (text == null || text.isEmpty()) {
      throw rejected(claim);
    }
    return text;
  }

  private Instant time(String claim) throws TokenRejected {
    JsonNode value = required(claim);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > EPOCH_SECONDS_MAX) {
      throw rejected(claim);
    }
    return Instant.ofEpochSecond(value.longValue());
  }

  private JsonNode required(String claim) throws TokenRejected {
    @Nullable JsonNode value = node.get(claim);
    if (value == null || value.isNull()) {
      throw new TokenRejected(claim + " missing", true);
    }
    return value;
  }

  static TokenRejected rejected(String rule) {
    return new TokenRejected(rule, false);
  }
}
