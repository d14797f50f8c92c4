package io.aipaging.openapi.events;

import org.jspecify.annotations.Nullable;

/**
 * The core says how a QoS binding stands.
 *
 * @param bindingRef binding
 * @param status {@code GUARANTEED}, {@code NOT_GUARANTEED} or {@code TERMINATED}: its PDU session
 *     or its app session is over
 * @param cause the core's word for it, or null
 */
public record ReportQosBinding(String bindingRef, String status, @Nullable String cause) {}
