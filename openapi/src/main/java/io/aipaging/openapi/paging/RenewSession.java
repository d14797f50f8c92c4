package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * Extends a session.
 *
 * @param sessionId session
 * @param durationSec new length from now, 10 to 86400 s; null means the default (600 s); cut at
 *     {@code expiresAtMax}; never shortens
 */
public record RenewSession(String sessionId, @Nullable Integer durationSec) {}
