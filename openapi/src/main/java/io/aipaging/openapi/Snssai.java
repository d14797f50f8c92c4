package io.aipaging.openapi;

import org.jspecify.annotations.Nullable;

/**
 * Slice (TS 29.571 {@code Snssai}).
 *
 * @param sst 0 to 255
 * @param sd six hexadecimal digits, or null
 */
public record Snssai(int sst, @Nullable String sd) {}
