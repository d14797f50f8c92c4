package io.aipaging.openapi.exposure;

import org.jspecify.annotations.Nullable;

/** Extends a session of an app; see {@link io.aipaging.openapi.paging.RenewSession}. */
public record RenewAiSession(String afId, String sessionId, @Nullable Integer durationSec) {}
