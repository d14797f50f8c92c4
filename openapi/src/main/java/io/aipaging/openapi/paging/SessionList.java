package io.aipaging.openapi.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of sessions, without tokens.
 *
 * @param sessions by session id
 * @param nextPageToken for the next page, or null at the end
 */
public record SessionList(List<Session> sessions, @Nullable String nextPageToken) {}
