package io.aipaging.openapi.admission;

/** Asks what is admitted; has no members. */
public record ListLeases() {}
