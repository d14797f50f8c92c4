package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * Which sessions to list; null members do not restrict.
 *
 * @param state session state, in any case
 * @param ueAddress UE address
 * @param afId application function
 * @param limit page size, 1 to 1000; null means 100
 * @param pageToken from the previous answer
 */
public record ListSessions(
    @Nullable String state,
    @Nullable String ueAddress,
    @Nullable String afId,
    @Nullable Integer limit,
    @Nullable String pageToken) {}
