package io.aipaging.openapi.admission;

/**
 * Posts a hold ({@code serve}), renews, drains or ends a lease.
 *
 * @param commit JWS compact serialization
 */
public record ApplyCommit(String commit) {}
