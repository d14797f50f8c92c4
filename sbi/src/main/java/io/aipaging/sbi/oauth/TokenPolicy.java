package io.aipaging.sbi.oauth;

import java.util.Set;

/**
 * Whose access tokens a server believes.
 *
 * @param issuer the only accepted {@code iss}
 * @param audiences accepted {@code aud} values: this NF's instance id and NF type (TS 29.510
 *     §6.3.5.2.4)
 * @param keys the issuer's keys
 */
public record TokenPolicy(String issuer, Set<String> audiences, KeySource keys) {
  public TokenPolicy {
    audiences = Set.copyOf(audiences);
    if (issuer.isEmpty() || audiences.isEmpty()) {
      throw new IllegalArgumentException("a token policy needs an issuer and an audience");
    }
  }
}
