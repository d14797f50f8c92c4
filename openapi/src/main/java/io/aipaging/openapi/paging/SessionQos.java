package io.aipaging.openapi.paging;

import org.jspecify.annotations.Nullable;

/**
 * QoS of a session.
 *
 * @param status {@code NOT_REQUESTED}, {@code ACCEPTED} (the core said 201), {@code CONFIRMED} (the
 *     core shows it) or {@code REFUSED} (a preferred binding that was refused)
 * @param qosReference operator's QoS reference, or null
 * @param cause why it was refused, or null
 */
public record SessionQos(String status, @Nullable String qosReference, @Nullable String cause) {}
