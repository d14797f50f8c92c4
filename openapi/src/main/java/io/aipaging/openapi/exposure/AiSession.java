package io.aipaging.openapi.exposure;

import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.paging.SessionToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as its app sees it.
 *
 * @param sessionId session id
 * @param state as in {@link io.aipaging.openapi.paging.Session}
 * @param endReason why it ended, or null
 * @param ueAddress UE address
 * @param aisi AI service identity
 * @param anchorId where it runs now, or null when it does not
 * @param serviceAddress where the UE sends its traffic
 * @param serviceUri base URI for HTTP clients, such as {@code http://203.0.113.10:8000/v1}
 * @param expiresAt end unless renewed
 * @param token the AIST; only in answers to create and renew
 */
public record AiSession(
    String sessionId,
    String state,
    @Nullable String endReason,
    String ueAddress,
    @Nullable String aisi,
    @Nullable String anchorId,
    @Nullable ServiceAddress serviceAddress,
    @Nullable String serviceUri,
    Instant expiresAt,
    @Nullable SessionToken token) {}
