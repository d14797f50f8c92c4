package io.aipaging.openapi;

/**
 * Where a service is reached: the anycast-like service address that stays the same over
 * relocations.
 *
 * @param address IPv4 or IPv6 literal
 * @param protocol {@code TCP} or {@code UDP}
 * @param port 1 to 65535
 */
public record ServiceAddress(String address, String protocol, int port) {}
