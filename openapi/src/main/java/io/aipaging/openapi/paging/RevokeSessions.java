package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * Takes sessions away; exactly one of the first five members says which.
 *
 * @param sessionId this one
 * @param anchorId those with a live lease at this anchor
 * @param afId those of this application function
 * @param aisi those of this AI service
 * @param all every one; true when present
 * @param reason {@code OPERATOR} or {@code POLICY}
 */
public record RevokeSessions(
    @Nullable String sessionId,
    @Nullable String anchorId,
    @Nullable String afId,
    @Nullable String aisi,
    @Nullable Boolean all,
    String reason) {}
