package io.aipaging.openapi.admission;

import io.aipaging.openapi.EnforcedLease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the admitted leases of the anchor; holds are not among them.
 *
 * @param anchorId anchor
 * @param leases by lease id
 * @param nextPageToken where to go on; null at the end
 */
public record LeaseList(
    String anchorId, List<EnforcedLease> leases, @Nullable String nextPageToken) {}
