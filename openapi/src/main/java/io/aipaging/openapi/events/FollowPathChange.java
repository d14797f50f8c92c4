package io.aipaging.openapi.events;

import io.aipaging.openapi.ServiceAddress;

/**
 * The core is changing the path of a flow and waits for an answer (TS 23.501 §5.6.7.1).
 *
 * @param ueAddress IPv4 or IPv6 literal
 * @param service where the flow goes
 * @param dnai where it is to leave the core
 * @param stage {@code EARLY}: before the new path is made; {@code LATE}: before it is used
 */
public record FollowPathChange(
    String ueAddress, ServiceAddress service, String dnai, String stage) {}
