package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * Moves a session to another anchor, make-before-break.
 *
 * @param sessionId session
 * @param targetAnchorId wanted anchor; null lets the AIPF choose
 */
public record RelocateSession(String sessionId, @Nullable String targetAnchorId) {}
