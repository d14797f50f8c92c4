package io.aipaging.aipf.sbi;

import io.aipaging.aipf.renewal.RenewProcedure;
import io.aipaging.aipf.renewal.RenewalOutcome;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.RenewSession;
import io.aipaging.openapi.paging.Session;

/** RenewSession: the client's extension. */
final class RenewSessionOperation {
  private final RenewProcedure renew;

  RenewSessionOperation(RenewProcedure renew) {
    this.renew = renew;
  }

  Session handle(Call call, RenewSession request) {
    var id = Members.sessionId(request.sessionId());
    var length = Members.duration(request.durationSec());
    return switch (renew.extend(id, length, call.deadline())) {
      case RenewalOutcome.Renewed(var session) -> SessionView.withToken(session);
      case RenewalOutcome.NotRenewable(String cause) -> throw Refusals.incompatibleState(cause);
      case RenewalOutcome.QosNotExtended(int status, String cause) ->
          throw qosNotExtended(status, cause);
      case RenewalOutcome.Unknown() -> throw Refusals.sessionNotFound();
    };
  }

  private static Refusal qosNotExtended(int status, String cause) {
    String detail = "The core does not extend the QoS the session requires (" + cause + ").";
    return status == 504
        ? Refusal.of(504, cause, detail)
        : status >= 500
            ? Refusal.of(502, "INBOUND_SERVER_ERROR", detail)
            : Refusal.of(403, "QOS_REJECTED", detail);
  }
}
