package io.aipaging.openapi.events;

/**
 * An enforcer has started.
 *
 * @param enforcerId its name in a COMMIT's {@code aud}
 * @param kind {@code GATE} or {@code ANCHOR}
 * @param bootId names this run of its process; another one after every start
 */
public record AnnounceEnforcer(String enforcerId, String kind, String bootId) {}
