package io.aipaging.openapi.steering;

import java.util.List;

/**
 * What the gate carries now.
 *
 * @param enforcerId the gate
 * @param driver {@code nftables} or {@code gateway}
 * @param grants one per lease
 */
public record GrantList(String enforcerId, String driver, List<AppliedCommit> grants) {}
