package io.aipaging.openapi.steering;

/**
 * Asks the gate to open a connection to the anchor of a COMMIT.
 *
 * @param commit JWS compact serialization
 * @param phase {@code REACHABLE} (before the switch: straight to the anchor) or {@code STEERED}
 *     (after it: through the installed grant)
 */
public record ProbeCommit(String commit, String phase) {}
