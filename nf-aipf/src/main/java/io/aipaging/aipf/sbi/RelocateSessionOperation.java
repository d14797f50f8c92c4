package io.aipaging.aipf.sbi;

import io.aipaging.aipf.relocation.RelocationOutcome;
import io.aipaging.aipf.relocation.RelocationTriggers;
import io.aipaging.aipf.relocation.Trigger.OperatorMove;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.paging.RelocateSession;
import io.aipaging.openapi.paging.Relocation;

/** RelocateSession: an honest account of a move. */
final class RelocateSessionOperation {
  private final RelocationTriggers triggers;

  RelocateSessionOperation(RelocationTriggers triggers) {
    this.triggers = triggers;
  }

  Relocation handle(Call call, RelocateSession request) {
    var id = Members.sessionId(request.sessionId());
    var outcome = triggers.move(new OperatorMove(id, request.targetAnchorId()), call.deadline());
    return switch (outcome) {
      case RelocationOutcome.Moved(var session, String from, String to) ->
          new Relocation("MOVED", from, to, null, SessionView.withoutToken(session));
      case RelocationOutcome.KeptOldPath kept ->
          new Relocation(
              "KEPT_OLD_PATH",
              kept.from(),
              kept.to(),
              kept.cause(),
              SessionView.withoutToken(kept.session()));
      case RelocationOutcome.Ended ended ->
          throw Refusal.of(
              409, "INCOMPATIBLE_STATE", "The session ended meanwhile (" + ended.cause() + ").");
      case RelocationOutcome.NotMovable(String cause) -> throw Refusals.incompatibleState(cause);
      case RelocationOutcome.Unknown() -> throw Refusals.sessionNotFound();
    };
  }
}
