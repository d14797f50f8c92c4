package io.aipaging.openapi.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The measurable contract an intent resolved to (ASP).
 *
 * @param task what is done, as in {@link Intent}
 * @param modality what goes in, such as {@code TEXT}, {@code AUDIO}, {@code IMAGE}
 * @param tier quality tier
 * @param ttftMs target for the time to the first token or answer, ms
 * @param p99Ms target for the 99th percentile of the answer time, ms
 * @param successProbability target share of requests answered in time, 0 to 1
 * @param residency where data may be processed; empty means anywhere
 * @param trustMin least trust level of an anchor, 0 to 5
 * @param priceMax highest price per 1000 requests; null means no cap
 * @param mobility {@code MAKE_BEFORE_BREAK} or {@code NONE}
 * @param qos {@code REQUIRED}, {@code PREFERRED} or {@code NONE}
 */
public record AiServiceProfile(
    String task,
    String modality,
    String tier,
    int ttftMs,
    int p99Ms,
    double successProbability,
    List<String> residency,
    int trustMin,
    @Nullable Double priceMax,
    String mobility,
    String qos) {}
