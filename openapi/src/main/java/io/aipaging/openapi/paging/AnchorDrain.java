package io.aipaging.openapi.paging;

/**
 * How far a drain is.
 *
 * @param anchorId anchor
 * @param draining whether it takes no new sessions
 * @param sessions sessions that still have a live lease there
 */
public record AnchorDrain(String anchorId, boolean draining, int sessions) {}
