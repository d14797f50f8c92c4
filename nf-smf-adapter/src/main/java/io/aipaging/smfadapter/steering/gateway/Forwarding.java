package io.aipaging.smfadapter.steering.gateway;

import java.util.concurrent.ExecutorService;

/**
 * What the forwarders of one gateway share, so that its bounds hold over all services.
 *
 * @param connections places of TCP connections
 * @param peers places of UE ports with datagram traffic
 * @param workers a virtual thread per task
 */
record Forwarding(
    GatewayConfig config,
    GrantTable grants,
    Denials denials,
    Places connections,
    Places peers,
    Finishing finishing,
    ExecutorService workers) {}
