package io.aipaging.openapi.admission;

import java.time.Instant;

/**
 * A held slot.
 *
 * @param leaseId lease
 * @param anchorId anchor
 * @param holdExpiresAt when it falls free unless posted
 */
public record Hold(String leaseId, String anchorId, Instant holdExpiresAt) {}
