package io.aipaging.sbi.oauth;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose access tokens a server believes.
 *
 * @param issuer the only accepted {@code iss}
 * @param audiences accepted {@code aud} values: this NF's instance id and NF type (TS 29.510
 *     §6.3.5.2.4)
 * @param keys the issuer's keys
 * @param core tokens of a core's NRF that are believed besides; null believes none
 */
public record TokenPolicy(
    String issuer, Set<String> audiences, KeySource keys, @Nullable CoreTokens core) {
  /** Believes no core's tokens. */
  public TokenPolicy(String issuer, Set<String> audiences, KeySource keys) {
    this(issuer, audiences, keys, null);
  }

  public TokenPolicy {
    audiences = Set.copyOf(audiences);
    if (issuer.isEmpty() || audiences.isEmpty()) {
      throw new IllegalArgumentException("a token policy needs an issuer and an audience");
    }
  }
}
