package io.aipaging.protocol;

/**
 * The traffic of a session: one UE towards one service address. Unique among live sessions.
 *
 * @param ue who sends
 * @param service where to
 */
public record Flow(UeAddress ue, ServiceEndpoint service) {}
