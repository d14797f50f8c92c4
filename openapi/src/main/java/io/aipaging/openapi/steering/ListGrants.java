package io.aipaging.openapi.steering;

/** Asks what is carried; has no members. */
public record ListGrants() {}
