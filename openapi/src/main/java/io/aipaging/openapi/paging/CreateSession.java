package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * A page.
 *
 * @param afId the application function this is for; null when the consumer pages for itself
 * @param ue the UE
 * @param intent what the user wants
 * @param tokenBinding what the token is bound to; null means the UE's address
 * @param durationSec wanted session length, 10 to 86400 s; null means the default (600 s)
 */
public record CreateSession(
    @Nullable String afId,
    Ue ue,
    Intent intent,
    @Nullable TokenBinding tokenBinding,
    @Nullable Integer durationSec) {}
