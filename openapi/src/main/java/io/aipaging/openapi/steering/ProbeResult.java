package io.aipaging.openapi.steering;

import org.jspecify.annotations.Nullable;

/**
 * What the anchor agent answered.
 *
 * @param usable whether the anchor answered for this session and generation and its model server is
 *     healthy
 * @param anchorId who answered, or null
 * @param gen generation the agent holds for the session, or null
 * @param rttMs time from connect to answer, ms
 * @param cause why it is not usable, or null
 */
public record ProbeResult(
    boolean usable,
    @Nullable String anchorId,
    @Nullable Long gen,
    long rttMs,
    @Nullable String cause) {}
