package io.aipaging.openapi.exposure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of an app's sessions, without tokens. */
public record AiSessionList(List<AiSession> sessions, @Nullable String nextPageToken) {}
