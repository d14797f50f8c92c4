package io.aipaging.openapi.steering;

import io.aipaging.openapi.EnforcedLease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of what the gate carries now.
 *
 * @param enforcerId the gate
 * @param driver {@code nftables} or {@code gateway}
 * @param grants one per lease, by lease id; a page may be shorter than asked for
 * @param nextPageToken where to go on; null at the end
 */
public record GrantList(
    String enforcerId, String driver, List<EnforcedLease> grants, @Nullable String nextPageToken) {}
