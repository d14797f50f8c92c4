package io.aipaging.pcfadapter.qosbinding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of an app session changes over its life.
 *
 * @param route where its flow should leave the core; null where that was never asked for
 * @param until end of the session it serves, by which the core lets go by itself where it can
 */
public record AppSessionTerms(@Nullable Route route, Instant until) {}
