package io.aipaging.openapi.paging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lease as its session's consumer sees it.
 *
 * @param leaseId lease id
 * @param anchorId anchor it admits to
 * @param dnai data network access of the anchor
 * @param state {@code HELD}, {@code COMMITTED}, {@code SERVING}, {@code DRAINING} or {@code ENDED}
 * @param gen fencing generation of its newest COMMIT
 * @param expiresAt when its newest COMMIT ends
 * @param endReason why it ended, or null
 */
public record SessionLease(
    String leaseId,
    String anchorId,
    String dnai,
    String state,
    long gen,
    Instant expiresAt,
    @Nullable String endReason) {}
