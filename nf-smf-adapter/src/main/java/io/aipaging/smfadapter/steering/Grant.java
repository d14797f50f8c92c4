package io.aipaging.smfadapter.steering;

import io.aipaging.protocol.TransportAddress;

/**
 * Leave to carry one flow to one anchor, taken from a verified COMMIT.
 *
 * @param id names it inside the gate
 * @param anchor where the anchor's guard listens
 */
public record Grant(GrantId id, TransportAddress anchor) {}
