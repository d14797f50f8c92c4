package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * Whose evidence to list.
 *
 * @param sessionId session
 * @param fromSeq first sequence number wanted; null means 1
 */
public record ListEvidence(String sessionId, @Nullable Long fromSeq) {}
