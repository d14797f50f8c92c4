package io.aipaging.openapi.qosbinding;

import java.time.Instant;

/**
 * Turns a hold into a binding that lasts as long as its session, or moves that end.
 *
 * @param bindingRef binding
 * @param expiresAt the session's end; the adapter deletes the binding some time after it
 */
public record ConfirmQosBinding(String bindingRef, Instant expiresAt) {}
