package io.aipaging.openapi.paging;

/** Asks for the anchors; has no members. */
public record ListAnchors() {}
