package io.aipaging.openapi.exposure;

import io.aipaging.openapi.paging.Intent;
import io.aipaging.openapi.paging.TokenBinding;
import org.jspecify.annotations.Nullable;

/**
 * A third-party app's page.
 *
 * @param afId the app, from the path; must be the token's subject
 * @param ueAddress UE address as the app sees it
 * @param intent what the user wants
 * @param tokenBinding what the token is bound to; null means the UE's address
 * @param durationSec wanted length, 10 to 86400 s; null means the default
 */
public record CreateAiSession(
    String afId,
    String ueAddress,
    Intent intent,
    @Nullable TokenBinding tokenBinding,
    @Nullable Integer durationSec) {}
