package io.aipaging.openapi.paging;

import io.aipaging.openapi.Snssai;
import org.jspecify.annotations.Nullable;

/**
 * The UE a session is for.
 *
 * @param ueAddress its IPv4 or IPv6 address in the data network
 * @param dnn data network name, or null for the configured default
 * @param snssai slice, or null for the configured default
 * @param supi subscriber, when the consumer knows it; never leaves the core
 */
public record Ue(
    String ueAddress, @Nullable String dnn, @Nullable Snssai snssai, @Nullable String supi) {}
