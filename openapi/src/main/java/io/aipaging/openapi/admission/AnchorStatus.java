package io.aipaging.openapi.admission;

/**
 * Health and load of an anchor.
 *
 * @param anchorId anchor
 * @param enforcerId the agent's name in a COMMIT's {@code aud}
 * @param healthy whether the model server answers
 * @param draining whether it takes no new sessions
 * @param slotsTotal sessions it can admit
 * @param slotsHeld of those held or leased
 * @param requestsInFlight requests being served
 */
public record AnchorStatus(
    String anchorId,
    String enforcerId,
    boolean healthy,
    boolean draining,
    int slotsTotal,
    int slotsHeld,
    int requestsInFlight) {}
