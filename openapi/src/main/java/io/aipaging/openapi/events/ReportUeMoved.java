package io.aipaging.openapi.events;

/**
 * The core has moved a UE's user plane.
 *
 * @param ueAddress IPv4 or IPv6 literal
 * @param dnai where it leaves the core now
 */
public record ReportUeMoved(String ueAddress, String dnai) {}
