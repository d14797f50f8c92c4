package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * How a relocation ended.
 *
 * @param outcome {@code MOVED} or {@code KEPT_OLD_PATH}
 * @param fromAnchorId anchor before
 * @param toAnchorId anchor aimed at; null when none was eligible
 * @param cause why the old path was kept, or null
 * @param session the session afterwards, without token
 */
public record Relocation(
    String outcome,
    String fromAnchorId,
    @Nullable String toAnchorId,
    @Nullable String cause,
    Session session) {}
