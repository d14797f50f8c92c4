package io.aipaging.aexf.admission;

import io.aipaging.aexf.admission.Slots.Resolution;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways naexf-admission says no, as its contract names them. */
final class Refusals {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private Refusals() {}

  static Refusal aisiNotServed() {
    return Refusal.of(403, "AISI_NOT_SERVED", "this anchor does not serve the AISI");
  }

  static Refusal leaseInUse() {
    return Refusal.of(409, "LEASE_IN_USE", "the lease holds or uses a slot already");
  }

  static Refusal noResources() {
    return Refusal.of(503, "INSUFFICIENT_RESOURCES", "no slot is free or the anchor is not ready")
        .retryAfter(RETRY_AFTER);
  }

  static Refusal holdPosted() {
    return Refusal.of(409, "HOLD_POSTED", "the hold has become a live lease");
  }

  static Refusal commitRejected(String detail) {
    return Refusal.of(403, "COMMIT_REJECTED", detail);
  }

  static Refusal clockSkew() {
    return Refusal.of(403, "CLOCK_SKEW", "the sender's clock is too far ahead");
  }

  static Refusal stale(String rule) {
    return Refusal.of(409, "STALE_GENERATION", rule);
  }

  static Refusal flowInUse() {
    return Refusal.of(409, "FLOW_IN_USE", "another session has a live lease for this flow");
  }

  static Refusal holdNotFound(@Nullable Resolution earlier) {
    String detail =
        earlier == null
            ? "the lease has no hold here"
            : "the hold or lease was " + earlier.name().toLowerCase(Locale.ROOT);
    return Refusal.of(409, "HOLD_NOT_FOUND", detail);
  }
}
