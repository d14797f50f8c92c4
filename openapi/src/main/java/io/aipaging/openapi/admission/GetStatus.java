package io.aipaging.openapi.admission;

/** Asks for the anchor's status; has no members. */
public record GetStatus() {}
