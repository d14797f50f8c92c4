package io.aipaging.openapi.paging;

/** Names a session. */
public record GetSession(String sessionId) {}
