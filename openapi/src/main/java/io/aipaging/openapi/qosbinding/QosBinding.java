package io.aipaging.openapi.qosbinding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A QoS binding.
 *
 * @param bindingRef its reference
 * @param state {@code HELD} (deleted at {@code holdExpiresAt} unless confirmed) or {@code
 *     CONFIRMED}
 * @param enforcement {@code ACCEPTED} (the core said 201) or {@code CONFIRMED} (the core shows it)
 * @param qosReference operator's QoS reference
 * @param holdExpiresAt end of the hold, or null once confirmed
 * @param expiresAt end of the session it serves, or null while held
 */
public record QosBinding(
    String bindingRef,
    String state,
    String enforcement,
    String qosReference,
    @Nullable Instant holdExpiresAt,
    @Nullable Instant expiresAt) {}
