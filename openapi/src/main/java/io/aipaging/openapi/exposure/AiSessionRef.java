package io.aipaging.openapi.exposure;

/** Names a session of an app. */
public record AiSessionRef(String afId, String sessionId) {}
