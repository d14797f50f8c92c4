package io.aipaging.openapi;

import java.time.Instant;

/**
 * A lease as an enforcer holds it now, with all that its {@code end} has to say: whoever finds it
 * wanted by nobody can end it without having known it before.
 *
 * @param leaseId lease
 * @param sessionId session
 * @param aisi AI service
 * @param gen generation obeyed
 * @param role {@code serve} or {@code drain}
 * @param expiresAt when the enforcer stops by itself at the latest
 * @param anchorId anchor
 * @param dnai data network access of the anchor
 * @param endpoint {@code address:port} by which the gate reaches the anchor
 * @param ueAddress UE
 * @param service service address
 */
public record EnforcedLease(
    String leaseId,
    String sessionId,
    String aisi,
    long gen,
    String role,
    Instant expiresAt,
    String anchorId,
    String dnai,
    String endpoint,
    String ueAddress,
    ServiceAddress service) {}
