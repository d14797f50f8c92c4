package io.aipaging.openapi.events;

import org.jspecify.annotations.Nullable;

/**
 * What to answer the core.
 *
 * @param readiness {@code READY}: it may go on; {@code BUSY}: not now; {@code REFUSED}: not there
 * @param cause why not; null when ready
 */
public record PathChangeAnswer(String readiness, @Nullable String cause) {}
