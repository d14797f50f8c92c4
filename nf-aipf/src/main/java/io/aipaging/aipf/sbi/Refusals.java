package io.aipaging.aipf.sbi;

import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.StoreUnavailable;
import io.aipaging.aipf.paging.PageOutcome.NotBegun;
import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The one mapping from outcomes to what a consumer is told (TS 29.500 table 5.2.7.2-1). */
final class Refusals {
  private static final Duration SOON = Duration.ofSeconds(1);

  private Refusals() {}

  static Refusal of(NotBegun page) {
    String cause = page.obstacle().name();
    return switch (page.obstacle()) {
      case INTENT_NOT_RESOLVABLE -> Refusal.of(403, cause, page.detail());
      case FLOW_IN_USE, IDEMPOTENCY_KEY_REUSED -> Refusal.of(409, cause, page.detail());
      case NO_ELIGIBLE_ANCHOR, INSUFFICIENT_RESOURCES ->
          Refusal.of(503, "INSUFFICIENT_RESOURCES", page.detail()).retryAfter(SOON);
      case TIMED_OUT_REQUEST -> Refusal.of(504, cause, page.detail());
    };
  }

  /** A page that was undone: the same cause always gives the same refusal, also to a repeat. */
  static Refusal of(EndCause cause) {
    String detail = "The page ended " + cause.reason() + " (" + cause.trigger() + ").";
    return switch (cause.reason()) {
      case DEADLINE_EXCEEDED -> Refusal.of(504, "TIMED_OUT_REQUEST", detail);
      case QOS_REJECTED ->
          unreachable(cause)
              ? Refusal.of(504, "TARGET_NF_NOT_REACHABLE", detail)
              : Refusal.of(403, EndReason.QOS_REJECTED.name(), detail);
      case ADMISSION_REJECTED -> notAdmitted(cause, detail);
      case ANCHOR_LOST ->
          unreachable(cause)
              ? Refusal.of(504, "TARGET_NF_NOT_REACHABLE", detail)
              : Refusal.of(502, "INBOUND_SERVER_ERROR", detail);
      default -> Refusal.of(409, "INCOMPATIBLE_STATE", detail);
    };
  }

  private static Refusal notAdmitted(EndCause cause, String detail) {
    if (cause.trigger().startsWith("HOLD_")) {
      return Refusal.of(503, "INSUFFICIENT_RESOURCES", detail).retryAfter(SOON);
    }
    if (unreachable(cause)) {
      return Refusal.of(504, "TARGET_NF_NOT_REACHABLE", detail);
    }
    return cause.trigger().equals("SYSTEM_FAILURE")
        ? Refusal.of(500, "SYSTEM_FAILURE", detail)
        : Refusal.of(502, "INBOUND_SERVER_ERROR", detail);
  }

  private static boolean unreachable(EndCause cause) {
    return cause.trigger().endsWith("TARGET_NF_NOT_REACHABLE")
        || cause.trigger().endsWith("TIMED_OUT_REQUEST");
  }

  /** A store that cannot be used now is a reason to come back later, whatever was asked. */
  static <T> T answered(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (StoreUnavailable e) {
      throw storeUnavailable();
    }
  }

  private static Refusal storeUnavailable() {
    return Refusal.of(503, "NF_CONGESTION", "The sessions' store cannot be used now.")
        .retryAfter(SOON);
  }

  static Refusal sessionNotFound() {
    return Refusal.of(404, "SESSION_NOT_FOUND", "There is no such session.");
  }

  static Refusal enforcerNotFound() {
    return Refusal.of(404, "ENFORCER_NOT_FOUND", "This AIPF gives the enforcer no COMMITs.");
  }

  static Refusal bindingNotFound() {
    return Refusal.of(404, "BINDING_NOT_FOUND", "No live session has this binding.");
  }

  static Refusal incompatibleState(String detail) {
    return Refusal.of(409, "INCOMPATIBLE_STATE", "The session's state forbids it: " + detail + ".");
  }

  static Refusal mandatoryMember(String pointer, String reason) {
    return Refusal.of(400, "MANDATORY_IE_INCORRECT", "A mandatory member is not acceptable.")
        .with(List.of(new InvalidParam(pointer, reason)));
  }

  static Refusal optionalMember(String pointer, String reason) {
    return Refusal.of(400, "OPTIONAL_IE_INCORRECT", "An optional member is not acceptable.")
        .with(List.of(new InvalidParam(pointer, reason)));
  }

  static Refusal queryParameter(String name, String reason) {
    return Refusal.of(400, "OPTIONAL_QUERY_PARAM_INCORRECT", "A query parameter is not acceptable.")
        .with(List.of(new InvalidParam("query " + name, reason)));
  }
}
