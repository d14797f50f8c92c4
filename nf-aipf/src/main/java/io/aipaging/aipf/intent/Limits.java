package io.aipaging.aipf.intent;

import io.aipaging.aipf.catalog.Anchor;
import io.aipaging.aipf.catalog.Residency;
import io.aipaging.openapi.paging.Intent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service and its anchor must keep.
 *
 * @param latencyMax of the first token or answer, 1 ms to 10 min, or null
 * @param residency where data may be processed, or null; never {@link Residency#ANYWHERE}
 * @param trustMin least trust level, 0 to 5, or null
 * @param priceMax highest price per 1000 requests, 0 or more, or null
 */
record Limits(
    @Nullable Duration latencyMax,
    @Nullable Residency residency,
    @Nullable Integer trustMin,
    @Nullable Double priceMax) {
  static final Limits NONE = new Limits(null, null, null, null);
  static final Duration LATENCY_MAX = Duration.ofMinutes(10);

  private static final Duration LATENCY_MIN = Duration.ofMillis(1);

  Limits {
    require(
        latencyMax == null
            || (latencyMax.compareTo(LATENCY_MIN) >= 0 && latencyMax.compareTo(LATENCY_MAX) <= 0),
        "latencyMsMax must be 1 to 600000");
    require(
        trustMin == null || (trustMin >= 0 && trustMin <= Anchor.TRUST_MAX),
        "trustMin must be 0 to 5");
    require(
        priceMax == null || (priceMax >= 0 && Double.isFinite(priceMax)),
        "priceMax must be 0 or more");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The structured members; throws {@link IllegalArgumentException} on impossible ones. */
  static Limits of(Intent intent) {
    Integer latency = intent.latencyMsMax();
    List<String> residency = intent.residency();
    return new Limits(
        latency == null ? null : Duration.ofMillis(latency),
        residency == null || residency.isEmpty() ? null : Residency.of(residency),
        intent.trustMin(),
        intent.priceMax());
  }

  /** These limits, and {@code others} where these say nothing. */
  Limits orElse(Limits others) {
    return new Limits(
        latencyMax != null ? latencyMax : others.latencyMax,
        residency != null ? residency : others.residency,
        trustMin != null ? trustMin : others.trustMin,
        priceMax != null ? priceMax : others.priceMax);
  }

  /** Whether {@code kind} is limited. */
  boolean has(LimitKind kind) {
    return switch (kind) {
      case LATENCY -> latencyMax != null;
      case RESIDENCY -> residency != null;
      case TRUST -> trustMin != null;
      case PRICE -> priceMax != null;
    };
  }
}
