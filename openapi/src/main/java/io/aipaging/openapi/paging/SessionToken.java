package io.aipaging.openapi.paging;

import java.time.Instant;

/**
 * The AIST.
 *
 * @param accessToken RFC 9068 JWT
 * @param tokenType {@code Bearer} or {@code DPoP}
 * @param expiresAt when it ends: the session's {@code expiresAt}
 */
public record SessionToken(String accessToken, String tokenType, Instant expiresAt) {}
