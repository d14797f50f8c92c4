package io.aipaging.openapi.paging;

/**
 * Lets an anchor drain, or no longer.
 *
 * @param anchorId anchor
 * @param draining whether it is to take no new sessions
 */
public record DrainAnchor(String anchorId, boolean draining) {}
