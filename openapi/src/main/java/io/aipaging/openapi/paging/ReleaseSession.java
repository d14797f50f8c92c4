package io.aipaging.openapi.paging;

/** Names the session to release. */
public record ReleaseSession(String sessionId) {}
