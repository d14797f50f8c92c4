package io.aipaging.openapi.qosbinding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A QoS binding in a list.
 *
 * @param bindingRef its reference
 * @param state {@code HELD}, {@code CONFIRMED}, {@code LOST} (the core never answered the create),
 *     {@code ENDING} (being deleted) or {@code TERMINATED} (the core ended it; remembered a while)
 * @param enforcement {@code ACCEPTED} or {@code CONFIRMED}, as in {@link QosBinding}
 * @param expiresAt end of the hold or, once confirmed, of the session it serves; null in other
 *     states
 * @param cause why it ends or ended, or null
 */
public record ListedBinding(
    String bindingRef,
    String state,
    String enforcement,
    @Nullable Instant expiresAt,
    @Nullable String cause) {}
