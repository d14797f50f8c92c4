package io.aipaging.sbi.oauth;

import java.time.Instant;
import java.util.Set;

/**
 * What a verified access token says.
 *
 * @param subject the consumer: NF instance id or application function
 * @param scopes services and operations it may use
 * @param expiresAt from when on it is worth nothing
 */
public record AccessToken(String subject, Set<String> scopes, Instant expiresAt) {
  public AccessToken {
    scopes = Set.copyOf(scopes);
  }
}
