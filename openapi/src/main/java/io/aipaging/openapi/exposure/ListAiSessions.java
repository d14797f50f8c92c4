package io.aipaging.openapi.exposure;

import org.jspecify.annotations.Nullable;

/**
 * Lists an app's sessions.
 *
 * @param afId the app
 * @param limit page size, 1 to 200; null means 100
 * @param pageToken from the previous answer
 */
public record ListAiSessions(String afId, @Nullable Integer limit, @Nullable String pageToken) {}
