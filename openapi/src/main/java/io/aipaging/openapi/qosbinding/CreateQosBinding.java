package io.aipaging.openapi.qosbinding;

import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.Snssai;
import org.jspecify.annotations.Nullable;

/**
 * Asks for QoS between one UE and one service address. The filter never names an anchor, so it
 * stays as it is over relocations. A repeat with the same reference and content answers as the
 * first.
 *
 * @param bindingRef chosen by the consumer, 1 to 64 characters of {@code [A-Za-z0-9_-]}
 * @param ueAddress UE
 * @param service service address
 * @param dnn data network name, or null for the configured default
 * @param snssai slice, or null for the configured default
 * @param supi subscriber when known, or null
 * @param qosReference operator's QoS reference
 * @param maxBwUl uplink, as TS 29.571 {@code BitRate} ({@code "20 Mbps"}), or null
 * @param maxBwDl downlink, likewise
 * @param holdTtlMs how long it may stay unconfirmed, 100 to 60000 ms
 */
public record CreateQosBinding(
    String bindingRef,
    String ueAddress,
    ServiceAddress service,
    @Nullable String dnn,
    @Nullable Snssai snssai,
    @Nullable String supi,
    String qosReference,
    @Nullable String maxBwUl,
    @Nullable String maxBwDl,
    int holdTtlMs) {}
