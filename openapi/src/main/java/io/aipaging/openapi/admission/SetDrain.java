package io.aipaging.openapi.admission;

/**
 * Lets the anchor drain, or no longer.
 *
 * @param draining whether it is to take no new sessions
 */
public record SetDrain(boolean draining) {}
