package io.aipaging.openapi.admission;

/**
 * A lease as the anchor holds it.
 *
 * @param leaseId lease
 * @param sessionId session
 * @param gen generation obeyed
 * @param role {@code serve}, {@code drain} or {@code end}
 * @param remainingMs time until the agent stops by itself; 0 for {@code end}
 */
public record AdmittedLease(
    String leaseId, String sessionId, long gen, String role, long remainingMs) {}
