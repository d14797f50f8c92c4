package io.aipaging.openapi.paging;

/**
 * How far a revocation came.
 *
 * @param matched sessions it was about and found alive
 * @param ended of those, over: nothing of them is left in the network
 * @param ending of those, ENDING: the AIPF goes on removing what it could not reach
 * @param complete whether it looked at every session; if not, the same request goes on
 */
public record Revocation(int matched, int ended, int ending, boolean complete) {}
