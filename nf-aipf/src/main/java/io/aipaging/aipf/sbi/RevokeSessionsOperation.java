package io.aipaging.aipf.sbi;

import io.aipaging.aipf.ending.RevokeProcedure;
import io.aipaging.aipf.ending.RevokeProcedure.Progress;
import io.aipaging.aipf.lease.EndCause;
import io.aipaging.aipf.lease.EndReason;
import io.aipaging.aipf.lease.SessionQuery;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.Revocation;
import io.aipaging.openapi.paging.RevokeSessions;
import java.util.Objects;
import java.util.stream.Stream;

/** RevokeSessions: as many as there is time for. */
final class RevokeSessionsOperation {
  private final RevokeProcedure revoke;

  RevokeSessionsOperation(RevokeProcedure revoke) {
    this.revoke = revoke;
  }

  Revocation handle(Call call, RevokeSessions request) {
    requireOne(request);
    EndCause cause = new EndCause(reason(request.reason()), "REVOCATION");
    Progress progress =
        request.sessionId() == null
            ? revoke.revoke(query(request), cause, call.deadline())
            : revoke.revoke(Members.sessionId(request.sessionId()), cause, call.deadline());
    return new Revocation(
        progress.matched(), progress.ended(), progress.ending(), progress.complete());
  }

  private static void requireOne(RevokeSessions request) {
    long named =
        Stream.of(
                request.sessionId(),
                request.anchorId(),
                request.afId(),
                request.aisi(),
                request.all())
            .filter(Objects::nonNull)
            .count();
    if (named != 1 || Boolean.FALSE.equals(request.all())) {
      throw Refusals.optionalMember(
          "/all", "exactly one of sessionId, anchorId, afId, aisi and all says which sessions");
    }
  }

  private static SessionQuery query(RevokeSessions request) {
    if (request.anchorId() != null) {
      return SessionQuery.atAnchor(request.anchorId());
    }
    if (request.afId() != null) {
      return SessionQuery.ofAf(request.afId());
    }
    return request.aisi() == null
        ? SessionQuery.ALL
        : SessionQuery.of(Members.aisi(request.aisi()));
  }

  private static EndReason reason(String wanted) {
    return switch (wanted) {
      case "OPERATOR" -> EndReason.REVOKED_BY_OPERATOR;
      case "POLICY" -> EndReason.REVOKED_BY_POLICY;
      default -> throw Refusals.mandatoryMember("/reason", "must be OPERATOR or POLICY");
    };
  }
}
