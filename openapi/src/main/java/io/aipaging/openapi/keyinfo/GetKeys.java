package io.aipaging.openapi.keyinfo;

/** Asks for the keys; has no members. */
public record GetKeys() {}
