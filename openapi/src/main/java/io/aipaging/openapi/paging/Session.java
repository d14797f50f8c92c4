package io.aipaging.openapi.paging;

import io.aipaging.openapi.ServiceAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as the AIPF's consumers see it.
 *
 * @param sessionId session id
 * @param afId application function it belongs to, or null
 * @param state {@code PREPARING}, {@code ACTIVE}, {@code RELOCATING}, {@code ENDING}, or terminal
 *     {@code RELEASED}, {@code REVOKED}, {@code EXPIRED}, {@code REJECTED}
 * @param endReason why it ended or is ending, or null
 * @param ueAddress UE address
 * @param aisi AI service identity; null while not resolved
 * @param profile what the intent resolved to; null while not resolved
 * @param confidence of the intent's resolution, 0 to 1
 * @param serviceAddress where the UE sends its traffic
 * @param serviceUri base URI of the service for HTTP clients
 * @param expiresAt end of the session unless renewed
 * @param expiresAtMax end of the session whatever is renewed
 * @param qos QoS of the session
 * @param leases its live leases, newest first, then the last ended one if none is live
 * @param token the AIST; only in answers to create and renew
 */
public record Session(
    String sessionId,
    @Nullable String afId,
    String state,
    @Nullable String endReason,
    String ueAddress,
    @Nullable String aisi,
    @Nullable AiServiceProfile profile,
    @Nullable Double confidence,
    @Nullable ServiceAddress serviceAddress,
    @Nullable String serviceUri,
    Instant expiresAt,
    Instant expiresAtMax,
    SessionQos qos,
    List<SessionLease> leases,
    @Nullable SessionToken token) {}
