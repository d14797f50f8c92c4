package io.aipaging.nef.exposure;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.exposure.AiSession;
import io.aipaging.openapi.paging.Session;
import io.aipaging.openapi.paging.SessionLease;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the AIPF's answers look to an app. Nothing here carries a subscriber identity. */
final class Northbound {
  private static final String UE = "/ue/";
  private static final String UE_ADDRESS = "/ue/ueAddress";

  private Northbound() {}

  static AiSession session(Session session) {
    return new AiSession(
        session.sessionId(),
        session.state(),
        session.endReason(),
        session.ueAddress(),
        session.aisi(),
        anchor(session.leases()),
        session.serviceAddress(),
        session.serviceUri(),
        session.expiresAt(),
        session.token());
  }

  /** The same without the token, for answers to reads. */
  static AiSession withoutToken(Session session) {
    AiSession seen = session(session);
    return new AiSession(
        seen.sessionId(),
        seen.state(),
        seen.endReason(),
        seen.ueAddress(),
        seen.aisi(),
        seen.anchorId(),
        seen.serviceAddress(),
        seen.serviceUri(),
        seen.expiresAt(),
        null);
  }

  private static @Nullable String anchor(List<SessionLease> leases) {
    return leases.stream()
        .filter(lease -> lease.state().equals("SERVING"))
        .map(SessionLease::anchorId)
        .findFirst()
        .orElse(null);
  }

  /**
   * A refusal of the AIPF as the app may hear it. What the AIPF says about the request is passed
   * on; its own trouble becomes 502 or 504 (TS 29.500 §6.4.2.1), and so does its distrust of this
   * NEF, which is none of the app's fault.
   */
  static Refusal refusal(Refusal southbound) {
    int status = southbound.status();
    boolean distrusted =
        status == 401 || (status == 403 && southbound.problemCause().equals("INSUFFICIENT_SCOPE"));
    if (distrusted) {
      return Refusal.of(502, "INBOUND_SERVER_ERROR", "the paging function refuses this exposure");
    }
    if (status == 504) {
      return Refusal.of(
          504, southbound.problemCause(), "the paging function did not answer in time");
    }
    if (status == 429 || status >= 500) {
      Refusal refusal =
          Refusal.of(502, "INBOUND_SERVER_ERROR", "the paging function cannot serve now");
      Duration retryAfter = southbound.retryAfter();
      return retryAfter == null ? refusal : refusal.retryAfter(retryAfter);
    }
    return southbound.with(params(southbound.invalidParams()));
  }

  /** Members of the southbound request under their northbound names; others are not the app's. */
  private static List<InvalidParam> params(List<InvalidParam> southbound) {
    return southbound.stream()
        .filter(param -> param.param().equals(UE_ADDRESS) || !param.param().startsWith(UE))
        .filter(param -> !param.param().equals("/afId"))
        .map(
            param ->
                param.param().equals(UE_ADDRESS)
                    ? new InvalidParam("/ueAddress", param.reason())
                    : param)
        .toList();
  }
}
