package io.aipaging.openapi.steering;

/**
 * What an enforcer now does for one lease.
 *
 * @param leaseId lease
 * @param sessionId session
 * @param gen generation obeyed
 * @param role {@code serve}, {@code drain} or {@code end}
 * @param remainingMs time until the enforcer stops by itself; 0 for {@code end}
 */
public record AppliedCommit(
    String leaseId, String sessionId, long gen, String role, long remainingMs) {}
